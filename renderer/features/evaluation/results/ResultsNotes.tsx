import { Alert, Anchor, Button, Code, Collapse, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { pluralize } from "../../../../shared/domain/format/count.ts";
import { shortHash } from "../../../../shared/domain/format/hash.ts";
import type { EvaluationSummary } from "../../../../shared/schema/evaluationRows.ts";
import type { Stamp } from "../../../../shared/schema/result.ts";
import { useApi, useClient } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { describeCorrections } from "../labels.ts";
import { messages } from "../messages.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";

/** Shows what to know before reading the figures, and what to do about it. */
export function ResultsNotes({ summary, url }: { summary: EvaluationSummary; url: EvaluateUrl }) {
  const { version, side, warnings, overrides, stamp } = summary;
  const rejudge = useRejudge(version, stamp?.judge.kind ?? null, url);
  const corrected = overrides.labels + overrides.scores;
  return (
    <Stack gap={8}>
      {warnings.map(({ code, message }) => (
        <Alert key={`${code} ${message}`} color={code === "not-sealed" ? "gray" : "orange"}>
          {message}
        </Alert>
      ))}
      {side.unscored > 0 && stamp !== null ? (
        <Alert color="gray" title={messages.results.unscoredTitle(pluralize(side.unscored, "row"))}>
          <Group gap={12}>
            <Text>{messages.results.unscored}</Text>
            <Button variant="default" loading={rejudge.isPending} onClick={() => rejudge.mutate()}>
              {messages.results.rejudge}
            </Button>
          </Group>
        </Alert>
      ) : null}
      <FailureNotice error={rejudge.error} title={messages.results.rejudgeFailed} />
      {corrected === 0 ? null : (
        <Text>
          {describeCorrections(overrides)}{" "}
          <Anchor
            component="button"
            type="button"
            onClick={() => url.go("rows", { only: "corrected", page: null, row: null })}
          >
            {messages.results.showCorrections}
          </Anchor>
        </Text>
      )}
      {stamp === null ? null : <StampLine stamp={stamp} />}
    </Stack>
  );
}

/** Rejudges the unscored rows with the same judge, so that scores of two judges are never mixed. */
function useRejudge(version: string, judge: Stamp["judge"]["kind"] | null, url: EvaluateUrl) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: () => client.evaluation.rejudge({ version, onlyUnscored: true, judge }),
    onSuccess: (run) => url.go("runs", { run: run.id }),
    onSettled: () => queries.invalidateQueries({ queryKey: api.run.key() }),
  });
}

function decodingWords({ mode, samples, pool }: Stamp["decoding"]): string {
  if (pool !== undefined) return `best of pool, ${pool.k} completions per row`;
  return mode === "greedy" ? mode : `sampled, ${samples} completions per row`;
}

/** Shows how these results were created, with the full stamp on demand. */
function StampLine({ stamp }: { stamp: Stamp }) {
  const [opened, { toggle }] = useDisclosure(false);
  const judge = stamp.judge.kind === "rule" ? "the rule judge" : `an LLM (${stamp.judge.model ?? "unnamed"})`;
  const decoding = [
    decodingWords(stamp.decoding),
    ...(stamp.decoding.grammar === "names" ? ["only valid names allowed"] : []),
  ].join(", ");
  return (
    <div>
      <Caption>
        Judged by {judge}. Decoding: {decoding}. Engine: {stamp.engine}.{" "}
        <Anchor component="button" type="button" aria-expanded={opened} onClick={toggle}>
          {opened ? messages.results.lessStamp : messages.results.moreStamp}
        </Anchor>
      </Caption>
      <Collapse expanded={opened} transitionDuration={0}>
        <Code block mt={4} tabIndex={0} role="region" aria-label={messages.results.stamp}>
          {[
            `run        ${stamp.runId}`,
            `test set   ${shortHash(stamp.testSet)}`,
            `base       ${shortHash(stamp.base)}`,
            `adapter    ${shortHash(stamp.adapter)}`,
            `dataset    ${shortHash(stamp.dataset)}`,
            `prompt     ${shortHash(stamp.prompt)}`,
            `rubric     ${shortHash(stamp.judge.rubric)}`,
            `precision  ${stamp.precision}`,
            `gate       ${stamp.gate ?? "none (untuned base)"}`,
            `seed       ${stamp.decoding.seed}`,
          ].join("\n")}
        </Code>
      </Collapse>
    </div>
  );
}
