import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { readResults } from "../../../shared/domain/results/read.ts";
import { writeResults } from "../../../shared/domain/results/write.ts";
import {
  type EvaluationResult,
  EvaluationResultSchema,
  type RejudgeSpec,
  RejudgeSpecSchema,
} from "../../../shared/schema/evaluation.ts";
import type { NamesVerdict } from "../../../shared/schema/judge.ts";
import type { ResultRow } from "../../../shared/schema/result.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { Judge } from "../judge/judge.ts";
import { judgeRows } from "../judge/judgeRows.ts";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import { atOutputPlaces, judgeableNames } from "./evaluateRows.ts";
import { summarise } from "./evaluationService.ts";
import { readFinished, sampleKey, verdictEvent } from "./rowJournal.ts";

export interface RejudgeDependencies {
  readonly files: FileLayer;
  resultsFile(version: string): string;
  judge(kind: RejudgeSpec["judge"]["kind"], context: RunContext): Promise<Judge>;
  readonly concurrency: number;
}

/** Asks the judge again about the rows it failed to score; every other row stays byte for byte what it says. */
export function rejudgeKind(
  dependencies: RejudgeDependencies,
): RunKindDefinition<RejudgeSpec, EvaluationResult> {
  const { files } = dependencies;
  return {
    kind: "rejudging",
    spec: RejudgeSpecSchema,
    result: EvaluationResultSchema,
    title: ({ version, judge }) => `judge ${version}'s unscored rows again with the ${judge.kind} judge`,
    async body(spec, context) {
      const file = dependencies.resultsFile(spec.version);
      const bytes = await files.read(file);
      if (sha256(bytes) !== spec.resultsHash) {
        throw new Failure("bad-value", `${file} changed since this was started`, {
          file,
          hint: "Start it again.",
        });
      }
      const results = readResults(bytes, file);
      const judge = await dependencies.judge(spec.judge.kind, context);
      const { stamp } = results;
      if (stamp === null || JSON.stringify(stamp.judge) !== JSON.stringify(judge.stamp)) {
        throw new Failure(
          "bad-value",
          `${file} was judged by another judge or rubric: scores of two are never mixed`,
          {
            file,
            hint: `Evaluate it anew with \`namewright eval --version ${spec.version}\`.`,
          },
        );
      }
      await context.emit({ kind: "stage", stage: "judge" });
      const verdicts = new Map<string, NamesVerdict>(readFinished(context.previous).verdicts);
      await judgeUnscored(results.rows, verdicts, judge, dependencies.concurrency, context);
      const rows = results.rows.map((row) => withVerdict(row, verdicts.get(sampleKey(row.row, row.sample))));
      const text = writeResults({ stamp, rows });
      await files.writeAtomic(path.join(context.folder, "results.csv"), text);
      await files.writeAtomic(file, text);
      return {
        runId: context.runId,
        version: spec.version,
        status: "succeeded",
        results: file,
        summary: summarise(spec.version, { stamp, rows }),
      };
    },
  };
}

async function judgeUnscored(
  rows: readonly ResultRow[],
  verdicts: Map<string, NamesVerdict>,
  judge: Judge,
  concurrency: number,
  context: RunContext,
): Promise<void> {
  const byKey = new Map(rows.map((row) => [sampleKey(row.row, row.sample), row]));
  const waiting = [...byKey].filter(([key, row]) => row.unscored !== null && !verdicts.has(key));
  let done = 0;
  await judgeRows(
    judge,
    waiting.map(([key, { description, names }]) => ({
      key,
      description,
      names: judgeableNames(names).map(({ name }) => name),
    })),
    {
      concurrency,
      signal: context.signal,
      maxCalls: null,
      maxCost: null,
      onVerdict: async (key, verdict) => {
        const row = byKey.get(key);
        if (row === undefined) return;
        const placed = atOutputPlaces(verdict, row.names);
        await context.emit(verdictEvent(row.row, row.sample, placed));
        verdicts.set(key, placed);
        done += 1;
        await context.emit({ kind: "progress", done, total: waiting.length, unit: "rows", etaSeconds: null });
      },
    },
  );
}

function withVerdict(row: ResultRow, verdict: NamesVerdict | undefined): ResultRow {
  if (verdict === undefined) return row;
  if (verdict.kind === "unscored")
    return { ...row, unscored: { reason: verdict.reason, detail: verdict.detail } };
  return { ...row, scores: verdict.scores, unscored: null };
}
