import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import type { FailureDetail } from "../../../../shared/schema/failure.ts";
import type { Run } from "../../../../shared/schema/run.ts";
import { useApi } from "../../../api/index.ts";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { runEndings } from "../labels.ts";
import { messages } from "../messages.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";
import { LiveRowsTable } from "./LiveRowsTable.tsx";
import { RunHeader } from "./RunHeader.tsx";
import { useLiveRows } from "./useLiveRows.ts";

/** Returns the version that a run evaluates; null if its spec has none. */
function versionOf({ spec }: Run): string | null {
  const version = (spec as { version?: unknown } | null)?.version;
  return typeof version === "string" ? version : null;
}

/** Returns the newer state of a run: the followed rows and the list of all runs can each be ahead. */
function newer(followed: Run | null, listed: Run | null): Run | null {
  if (followed === null || listed === null) return followed ?? listed;
  return listed.lastSeq > followed.lastSeq ? listed : followed;
}

/** Shows an evaluation's progress, actions, and incoming rows. */
export function LiveRun({ id, listed, url }: { id: string; listed: Run | null; url: EvaluateUrl }) {
  const { latest, rows, state } = useLiveRows(id, listed);
  const run = newer(latest?.run ?? null, listed);
  useFreshResults(id, run?.status ?? null);
  if (run === null)
    return state.kind === "failed" ? <NotFollowed failure={state.failure} /> : <LinesSkeleton />;
  const version = versionOf(run);
  return (
    <Stack gap={12}>
      <RunHeader run={run} latest={latest} />
      {state.kind === "failed" ? <NotFollowed failure={state.failure} /> : null}
      {run.status === "succeeded" && version !== null ? (
        <Group gap={8}>
          <Button onClick={() => url.go("figures", { version, run: null })}>
            {messages.run.openResults(version)}
          </Button>
        </Group>
      ) : null}
      <HowItEnded run={run} />
      <LiveRowsTable rows={rows} latest={latest} />
    </Stack>
  );
}

function NotFollowed({ failure }: { failure: FailureDetail }) {
  return (
    <Alert color="orange" role="alert" title={messages.run.rowsFailed}>
      {sentenceCase(failure.message)}. {failure.hint}
    </Alert>
  );
}

function HowItEnded({ run }: { run: Run }) {
  if (run.status === "succeeded" || run.status === "running" || run.status === "queued") return null;
  const { failure } = run;
  return (
    <Alert
      color={run.status === "failed" ? "orange" : "gray"}
      role={run.status === "failed" ? "alert" : "status"}
      title={run.status === "failed" ? messages.run.failed : undefined}
    >
      <Text>{sentenceCase(failure?.message ?? runEndings[run.status] ?? "")}</Text>
      {failure?.hint === undefined ? null : <Text>{failure.hint}</Text>}
    </Alert>
  );
}

/** Refreshes the figures when a run has written its results. */
function useFreshResults(id: string, status: Run["status"] | null): void {
  const api = useApi();
  const queries = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per successful run, not per render
  useEffect(() => {
    if (status !== "succeeded") return;
    for (const queryKey of [api.evaluation.key(), api.workspace.key(), api.comparison.key()])
      void queries.invalidateQueries({ queryKey });
  }, [id, status]);
}
