import { Alert, Group, Select, Stack, Text } from "@mantine/core";
import type { BaseList } from "../../../shared/schema/base.ts";
import { WorkspaceConfigSchema } from "../../../shared/schema/workspace.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { BaseFacts } from "./BaseFacts.tsx";
import { messages, precisions } from "./messages.ts";
import { useBaseChoice } from "./useBaseChoice.ts";

interface ChosenBaseProps {
  readonly list: BaseList;
  readonly versions: readonly string[];
  readonly readOnly: boolean;
}

const PrecisionSchema = WorkspaceConfigSchema.shape.precision.unwrap();

const { base: text } = messages;

/** Shows the base model selected in namewright.json and its inference precision. */
export function ChosenBase({ list, versions, readOnly }: ChosenBaseProps) {
  const choosing = useBaseChoice();
  const { base, baseGguf, precision } = list.chosen;
  const entry = list.bases.find(({ chosen }) => chosen);
  return (
    <Stack gap={12}>
      {list.problem === null ? null : (
        <Alert color="orange" role="alert" title={text.unusable}>
          {text.unusableDetail(list.problem, versions.join(", ") || "none")}
        </Alert>
      )}
      {entry === undefined ? null : <BaseFacts check={{ ...entry.check, problems: [] }} />}
      {baseGguf === null ? (
        <Group gap={12} align="flex-end">
          <Select
            label={text.precision}
            w={240}
            data={precisions}
            value={precision}
            disabled={readOnly || choosing.isPending}
            onChange={(value) => choosing.mutate({ base, precision: PrecisionSchema.parse(value) })}
          />
          <Caption maw={360}>{text.precisionHelp}</Caption>
        </Group>
      ) : (
        <Text>
          {text.gguf} <span className="nw-mono">{baseGguf}</span>.
        </Text>
      )}
      <FailureNotice error={choosing.error} title={text.changeFailed} />
    </Stack>
  );
}
