import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import type { FailureDetail } from "../../../../shared/schema/failure.ts";
import type { Run } from "../../../../shared/schema/run.ts";
import { isActive, useApi } from "../../../api/index.ts";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";
import { LiveRowsTable } from "./LiveRowsTable.tsx";
import { RunHeader } from "./RunHeader.tsx";
import { useLiveRows } from "./useLiveRows.ts";

/** Which version a run is about. */
function versionOf({ spec }: Run): string | null {
  const version = (spec as { version?: unknown } | null)?.version;
  return typeof version === "string" ? version : null;
}

/** What was heard last: the list of all runs is some moments behind while the rows are followed, and ahead when not. */
function newer(followed: Run | null, listed: Run | null): Run | null {
  if (followed === null || listed === null) return followed ?? listed;
  return listed.lastSeq > followed.lastSeq ? listed : followed;
}

/** One evaluation: how far it is, what can be done with it, and its rows as they come in. */
export function LiveRun({ id, listed, url }: { id: string; listed: Run | null; url: EvaluateUrl }) {
  const { latest, rows, state } = useLiveRows(id, listed !== null && isActive(listed));
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
            Open the results of {version}
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
    <Alert color="orange" role="alert" title="Its rows cannot be followed">
      {sentenceCase(failure.message)}. {failure.hint}
    </Alert>
  );
}

function HowItEnded({ run }: { run: Run }) {
  if (run.status === "succeeded" || run.status === "running" || run.status === "queued") return null;
  const words: Partial<Record<Run["status"], string>> = {
    paused: "Paused between two rows. Nothing is lost; resume it whenever you like.",
    cancelled: "Cancelled. The rows it has are kept: resume it to go on after the last of them.",
    interrupted: "The program that ran it is gone. The rows it has are kept: resume it to go on.",
  };
  const { failure } = run;
  return (
    <Alert
      color={run.status === "failed" ? "orange" : "gray"}
      role={run.status === "failed" ? "alert" : "status"}
      title={run.status === "failed" ? "It stopped" : undefined}
    >
      <Text size="sm">{sentenceCase(failure?.message ?? words[run.status] ?? "")}</Text>
      {failure?.hint === undefined ? null : <Text size="sm">{failure.hint}</Text>}
    </Alert>
  );
}

/** Figures that were shown before are old once a run has written its results. */
function useFreshResults(id: string, status: Run["status"] | null): void {
  const api = useApi();
  const queries = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each run that ends well, not for each render.
  useEffect(() => {
    if (status !== "succeeded") return;
    for (const queryKey of [api.evaluation.key(), api.workspace.key(), api.comparison.key()])
      void queries.invalidateQueries({ queryKey });
  }, [id, status]);
}
