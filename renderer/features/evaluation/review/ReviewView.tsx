import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import type { Run } from "../../../../shared/schema/run.ts";
import { useClient } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { messages } from "../messages.ts";
import { RunChoice } from "../run/RunChoice.tsx";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";
import { isGoing } from "../useEvaluationRuns.ts";
import { Review } from "./Review.tsx";
import { useReview } from "./useReview.ts";

const { review: text } = messages;

const isReviewed = (run: Run): boolean =>
  run.kind === "augmentation" && (run.spec as { review?: unknown } | null)?.review === true;

/** Reviews rows generated for failing ones before they are added to the next dataset. */
export function ReviewView({ url, runs }: { url: EvaluateUrl; runs: readonly Run[] | null }) {
  if (runs === null) return <LinesSkeleton />;
  const proposing = runs.filter(isReviewed);
  const asked = url.params.get("run");
  const run = proposing.find(({ id }) => id === asked) ?? proposing[0];
  if (run === undefined) {
    return (
      <EmptyState
        title={text.emptyTitle}
        action={<Button onClick={() => url.go("rows", { only: "failures" })}>{text.selectFailing}</Button>}
      >
        {text.empty}
      </EmptyState>
    );
  }
  return (
    <Stack gap={12}>
      {proposing.length < 2 ? null : (
        <RunChoice
          runs={proposing}
          chosen={run.id}
          onChoose={(id) => url.go("review", { run: id, proposal: null })}
        />
      )}
      <RunReview key={run.id} run={run} url={url} />
    </Stack>
  );
}

function RunReview({ run, url }: { run: Run; url: EvaluateUrl }) {
  const review = useReview(run.id, run.status === "succeeded");
  if (isGoing(run)) return <Writing run={run} />;
  if (run.status !== "succeeded") return <NotWritten run={run} url={url} />;
  const { list } = review;
  if (list.error !== null)
    return <FailureNotice error={list.error} title={text.failed} onRetry={list.refetch} />;
  if (list.data === undefined) return <LinesSkeleton />;
  return <Review url={url} list={list.data} decide={review.decide} accept={review.accept} />;
}

function Writing({ run }: { run: Run }) {
  const { progress } = run;
  return (
    <Stack gap={8} maw={520} role="status">
      <Text>{run.title}</Text>
      <Progress
        aria-label={text.progress}
        value={progress === null || progress.total === 0 ? 0 : (100 * progress.done) / progress.total}
      />
      {progress === null ? null : (
        <Text className="nw-figures">
          {text.cells(formatCount(progress.done), pluralize(progress.total, progress.unit.replace(/s$/, "")))}
        </Text>
      )}
      <Caption>{text.continues}</Caption>
    </Stack>
  );
}

function NotWritten({ run, url }: { run: Run; url: EvaluateUrl }) {
  const client = useClient();
  const resume = useMutation({
    networkMode: "always",
    mutationFn: () => client.run.resume({ id: run.id }),
  });
  return (
    <Alert color="orange" role="alert" title={text.notGenerated}>
      <Stack gap={8}>
        <Text>{sentenceCase(run.failure?.message ?? text.runStatus(run.status))}</Text>
        {run.failure?.hint === undefined ? null : <Text>{run.failure.hint}</Text>}
        <Group gap={8}>
          <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate()}>
            {text.retry}
          </Button>
          <Button variant="subtle" onClick={() => url.go("rows", { run: null })}>
            {text.selectOther}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
