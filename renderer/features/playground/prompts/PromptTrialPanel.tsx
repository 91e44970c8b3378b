import { Button, Group, Select, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isPrompted } from "../../../../shared/domain/workspace/version.ts";
import type { PromptDocument } from "../../../../shared/schema/prompt.ts";
import { useApi } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { Panel } from "../../../ui/Panel.tsx";
import { firstDescriptions, messages } from "./messages.ts";
import { TrialAnswers } from "./TrialAnswers.tsx";
import { usePromptTrial } from "./usePromptTrial.ts";

interface PromptTrialPanelProps {
  readonly saved: PromptDocument;
  /** Null: nothing is edited. */
  readonly edited: string | null;
  readonly valid: boolean;
}

const { trial: text } = messages;
const mostDescriptions = 5;

/** Answers the same few descriptions under the saved and the edited text of a prompt. */
export function PromptTrialPanel({ saved, edited, valid }: PromptTrialPanelProps) {
  const versions = useQuery(useApi().playground.versions.queryOptions()).data?.versions ?? [];
  const [descriptionText, setDescriptions] = useState<string>(firstDescriptions);
  const [version, setVersion] = useState("base");
  const { trial, stop } = usePromptTrial();
  const lines = descriptionText.split("\n").map((line) => line.trim());
  const descriptions = lines.filter((line) => line !== "").slice(0, mostDescriptions);
  const start = () =>
    trial.mutate({
      version,
      prompts: [
        ...(saved.problem === null ? [{ name: saved.name }] : []),
        ...(edited === null ? [] : [{ text: edited }]),
      ],
      descriptions,
      seed: 1,
    });
  const canStart = valid && descriptions.length > 0 && (saved.problem === null || edited !== null);
  return (
    <Panel title={text.title}>
      <Stack gap={12}>
        <Group gap={12} align="flex-end">
          <Textarea
            label={text.descriptions}
            description={text.descriptionsHelp}
            autosize
            minRows={3}
            maxRows={8}
            style={{ flex: "1 1 320px" }}
            value={descriptionText}
            onChange={({ currentTarget }) => setDescriptions(currentTarget.value)}
          />
          <Select
            label={text.version}
            w={160}
            allowDeselect={false}
            value={version}
            // A prompted version is the base, and its prompt is what is edited here.
            data={versions.map((one) => one.version).filter((one) => !isPrompted(one))}
            onChange={(to) => to !== null && setVersion(to)}
          />
          {trial.isPending ? (
            <Button variant="default" miw={120} onClick={stop}>
              {text.stop}
            </Button>
          ) : (
            <Button miw={120} disabled={!canStart} onClick={start}>
              {text.start}
            </Button>
          )}
        </Group>
        <FailureNotice error={trial.error} title={text.failed} />
        {trial.data === undefined || trial.variables === undefined ? (
          <Text c="dimmed">{text.empty}</Text>
        ) : (
          <TrialAnswers trial={trial.data} descriptions={trial.variables.descriptions} />
        )}
      </Stack>
    </Panel>
  );
}
