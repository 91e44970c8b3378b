import { Box, Button, Group, SegmentedControl, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import type { NewRow } from "../../../shared/domain/playground/rowCells.ts";
import { useApi } from "../../api/index.ts";
import { BasePreparation } from "../../ui/BasePreparation.tsx";
import { useCommands } from "../../ui/commands.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Page } from "../../ui/Page.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useUrlState } from "../../ui/useUrlState.ts";
import { Answers } from "./Answers.tsx";
import { examples, messages } from "./messages.ts";
import { PromptsView } from "./prompts/PromptsView.tsx";
import { Question } from "./Question.tsx";
import { SendRowDialog } from "./SendRowDialog.tsx";
import { usePlayground } from "./usePlayground.ts";
import { useQuestion } from "./useQuestion.ts";

const views = ["ask", "prompts"] as const;

/** Asks versions for names, or edits the prompts that they are asked with. */
export function PlaygroundScreen() {
  const [view, show] = useUrlState("view", "ask");
  useCommands([{ id: "prompts", label: messages.views.editPrompts, run: () => show("prompts") }]);
  return (
    <Page
      title={messages.title}
      lead={
        <SegmentedControl
          aria-label={messages.views.label}
          value={view}
          onChange={show}
          data={views.map((value) => ({ value, label: messages.views[value] }))}
        />
      }
    >
      {view === "prompts" ? <PromptsView /> : <QuestionView />}
    </Page>
  );
}

/** Runs one description through several versions, side by side. */
function QuestionView() {
  const { data, error, refetch } = useQuery(useApi().playground.versions.queryOptions());
  const versions = data?.versions ?? [];
  const question = useQuestion(versions);
  const { session, running, ask, stop } = usePlayground();
  const [sent, setSent] = useState<NewRow | null>(null);
  const [early, setEarly] = useState(false);
  const { request } = question;
  const canAsk = request.description !== "" && request.versions.length > 0;

  const suggest = (description = request.description): void => {
    if (description === "") return;
    // Asked before the versions are loaded: the question waits for them.
    if (data === undefined) setEarly(true);
    if (request.versions.length === 0) return;
    question.keep(description);
    void ask({ ...request, description });
  };
  const suggestNow = useEffectEvent(() => suggest());
  useEffect(() => {
    if (early && data !== undefined) {
      setEarly(false);
      suggestNow();
    }
  }, [early, data]);
  useCommands([
    ...(canAsk && !running ? [{ id: "suggest", label: messages.suggest, run: () => suggest() }] : []),
    ...(running ? [{ id: "stop", label: messages.stopCommand, run: stop }] : []),
  ]);

  if (error !== null) return <FailureNotice error={error} title={messages.failed} onRetry={refetch} />;
  return (
    <>
      <Stack gap={16}>
        <Question
          question={question}
          versions={versions}
          running={running}
          canAsk={canAsk}
          onAsk={() => suggest()}
          onStop={stop}
        />
        <BasePreparation waiting={running || data === undefined} />
        {data === undefined ? <LinesSkeleton /> : null}
        {session?.failure == null ? null : <FailureNotice error={session.failure} />}
        {session === undefined && data !== undefined ? <Examples onTry={suggest} /> : null}
        {session === undefined || session.failure !== null ? null : (
          <Box aria-live="polite" aria-busy={running}>
            <Answers session={session} versions={versions} onSend={setSent} />
          </Box>
        )}
      </Stack>
      {sent === null ? null : <SendRowDialog row={sent} onClose={() => setSent(null)} />}
    </>
  );
}

/** Shown before the first question, with descriptions to try. */
function Examples({ onTry }: { onTry: (description: string) => void }) {
  return (
    <EmptyState
      title={messages.empty.title}
      action={
        <Group gap={8}>
          {examples.map(({ label, description }, at) => (
            <Button
              key={label}
              variant={at === 0 ? "filled" : "default"}
              title={description}
              onClick={() => onTry(description)}
            >
              {label}
            </Button>
          ))}
        </Group>
      }
    >
      {messages.empty.body}
    </EmptyState>
  );
}
