import { Alert, Anchor, Button, Group, Tabs, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import { sentenceCase } from "../../../shared/domain/format/sentence.ts";
import { elapsedSeconds } from "../../../shared/domain/run/elapsed.ts";
import { versionMade } from "../../../shared/domain/run/versionMade.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { isActive, useApi } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { CopyText } from "../../ui/CopyText.tsx";
import { noticeFailure } from "../../ui/notices.tsx";
import { RunActions } from "../../ui/RunActions.tsx";
import { RunLog } from "../../ui/RunLog.tsx";
import { RunProgress } from "../../ui/RunProgress.tsx";
import { RunStatus } from "../../ui/RunStatus.tsx";
import { Timestamp } from "../../ui/Timestamp.tsx";
import { useUrlState, useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { RemoveButton } from "./RemoveButton.tsx";
import { RunFiles } from "./RunFiles.tsx";
import { RunJournal } from "./RunJournal.tsx";
import classes from "./runs.module.css";

/** Shows one run: its status, actions, journal, spec, log, and files. */
export function RunDetail({ run, onRemoved }: { run: Run; onRemoved: () => void }) {
  const [part, setPart] = useUrlState("part", "journal");
  return (
    <section className={classes.detail} aria-label={run.title}>
      <Group justify="space-between" gap={8}>
        <Group gap={8}>
          <Title order={2}>{run.title}</Title>
          <RunStatus status={run.status} />
        </Group>
        <Group gap={8}>
          <RunActions run={run} />
          {run.status === "succeeded" ? <PromoteButton run={run} /> : null}
          {isActive(run) ? null : <RemoveButton run={run} onRemoved={onRemoved} />}
        </Group>
      </Group>
      <Facts run={run} />
      {isActive(run) ? <RunProgress run={run} /> : null}
      <Tabs value={part} onChange={(value) => setPart(value ?? "journal")}>
        <Tabs.List>
          <Tabs.Tab value="journal">{messages.tabs.journal}</Tabs.Tab>
          <Tabs.Tab value="spec">{messages.tabs.spec}</Tabs.Tab>
          <Tabs.Tab value="log">{messages.tabs.log}</Tabs.Tab>
          <Tabs.Tab value="files">{messages.tabs.files}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="journal" pt={12}>
          <RunJournal id={run.id} />
        </Tabs.Panel>
        <Tabs.Panel value="spec" pt={12}>
          <CopyText text={JSON.stringify(run.spec, null, 2)} label="spec" height={480} />
        </Tabs.Panel>
        <Tabs.Panel value="log" pt={12}>
          <RunLog id={run.id} active={isActive(run)} height={480} />
        </Tabs.Panel>
        <Tabs.Panel value="files" pt={12}>
          <RunFiles id={run.id} active={isActive(run)} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function Facts({ run }: { run: Run }) {
  const { to } = useWorkspacePath();
  return (
    <>
      <Caption className="nw-figures">
        {run.kind} · {messages.facts.started} <Timestamp at={run.createdAt} />
        {run.endedAt === null ? "" : messages.facts.took(formatDuration(elapsedSeconds(run, 0)))} ·{" "}
        <span className="nw-mono">{run.id}</span>
        {run.parentId === null ? "" : messages.facts.partOf(run.parentId)}
      </Caption>
      {run.kind === "training" ? (
        <Anchor component={Link} href={to(`train?tab=current&run=${run.id}`)} size="sm">
          {messages.facts.curves}
        </Anchor>
      ) : null}
      {run.status === "failed" ? (
        <Alert
          color="orange"
          p={8}
          title={sentenceCase(run.failure?.message ?? run.reason ?? messages.facts.failed)}
        >
          {run.failure?.hint ?? messages.facts.seeLog}
        </Alert>
      ) : run.reason === null ? null : (
        <Text c="dimmed">{run.reason}</Text>
      )}
      {run.status === "interrupted" ? <Text>{messages.facts.interrupted}</Text> : null}
    </>
  );
}

/** Promotes the adapter of a training or an adoption to its version. The previous adapter is kept by its run. */
function PromoteButton({ run }: { run: Run }) {
  const queries = useQueryClient();
  const version = versionMade(run);
  const promoting = useMutation(
    useApi().model.promote.mutationOptions({
      onSuccess: (promoted) => {
        notifications.show({
          title: messages.promote.done(promoted.version),
          message: messages.promote.doneDetail,
        });
        void queries.invalidateQueries();
      },
      onError: (error) => noticeFailure(error, messages.promote.failed),
    }),
  );
  if (version === null) return null;
  return (
    <Button variant="default" loading={promoting.isPending} onClick={() => promoting.mutate({ run: run.id })}>
      {messages.promote.button(version)}
    </Button>
  );
}
