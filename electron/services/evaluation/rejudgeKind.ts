import path from "node:path";
import { decisionPreset } from "../../../shared/domain/comparison/settings.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import type { CanaryAlarm } from "../../../shared/domain/judging/canary.ts";
import { integrityProblems } from "../../../shared/domain/results/integrity.ts";
import { readResults } from "../../../shared/domain/results/read.ts";
import { writeResults } from "../../../shared/domain/results/write.ts";
import {
  type EvaluationResult,
  EvaluationResultSchema,
  type RejudgeSpec,
  RejudgeSpecSchema,
} from "../../../shared/schema/evaluation.ts";
import type { NamesVerdict } from "../../../shared/schema/judge.ts";
import type { ResultRow, Results } from "../../../shared/schema/result.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { Judge } from "../judge/judge.ts";
import { correctionFiles, withLabels } from "../results/correctedResults.ts";
import { pausing } from "../run/pauseGate.ts";
import type { RunContext, RunKindDefinition } from "../run/runKind.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { atOutputPlaces, judgeableNames } from "./evaluateRows.ts";
import { canaryFlag, judgedSummary } from "./evaluationKind.ts";
import { judgeInRun } from "./judgingSession.ts";
import { readFinished, sampleKey, verdictEvent } from "./rowJournal.ts";

export interface RejudgeDependencies {
  readonly files: FileLayer;
  readonly workspace: Workspace;
  judge(kind: RejudgeSpec["judge"]["kind"], context: RunContext): Promise<Judge>;
}

/** Judges the unscored rows again. Every other row stays the same, byte for byte. */
export function rejudgeKind({
  files,
  workspace,
  judge: openJudge,
}: RejudgeDependencies): RunKindDefinition<RejudgeSpec, EvaluationResult> {
  return {
    kind: "rejudging",
    spec: RejudgeSpecSchema,
    result: EvaluationResultSchema,
    pausing: "in-place",
    title: ({ version, judge }) => `judge ${version}'s unscored rows again with the ${judge.kind} judge`,
    async body(spec, context) {
      const file = workspace.paths.results(spec.version);
      const own = path.join(context.folder, "results.csv");
      const bytes = await files.read(file);
      const written = (await files.exists(own)) && sha256(await files.read(own)) === sha256(bytes);
      // A run killed after writing the results finds its own file here.
      if (!written) assertHash(file, bytes, spec.resultsHash);
      const results = readResults(bytes, file);
      const judge = await openJudge(spec.judge.kind, context);
      const { stamp } = results;
      if (stamp === null || JSON.stringify(stamp.judge) !== JSON.stringify(judge.stamp)) {
        throw new Failure(
          "bad-value",
          `${file} was judged with a different judge or rubric, and their scores can't be mixed`,
          {
            file,
            hint: `Evaluate it again with \`namewright eval --version ${spec.version}\`.`,
          },
        );
      }
      refuseEdited(spec.version, file, results);
      await context.emit({ kind: "stage", stage: "judge" });
      const verdicts = new Map<string, NamesVerdict>(readFinished(context.previous).verdicts);
      // A row that a correction made safe was never judged.
      const corrections = await correctionFiles(files, workspace, spec.version);
      const labelled = await withLabels(files, results, corrections);
      const alarms = await judgeUnscored(labelled.rows, verdicts, judge, context);
      const rows = results.rows.map((row, at) => {
        const verdict = verdicts.get(sampleKey(row.row, row.sample));
        return verdict === undefined ? row : withVerdict(labelled.rows[at] ?? row, verdict);
      });
      const judged = { stamp: { ...stamp, ...canaryFlag(alarms) }, rows };
      const text = writeResults(judged);
      await files.writeAtomic(own, text);
      await workspace.writing(`write the results of ${spec.version}`, () =>
        files.writeAtomic(file, text, {
          beforeRename: async () => assertHash(file, await files.read(file), sha256(bytes)),
        }),
      );
      return {
        runId: context.runId,
        version: spec.version,
        status: "succeeded",
        results: file,
        ...judgedSummary(spec.version, judged, alarms, decisionPreset(workspace.config)),
      };
    },
  };
}

function assertHash(file: string, bytes: Uint8Array, expected: string): void {
  if (sha256(bytes) === expected) return;
  throw new Failure("bad-value", `conflict: ${file} changed after this run started`, {
    file,
    hint: "Nothing was overwritten. Start the run again.",
  });
}

/** Writing would seal what was edited. */
function refuseEdited(version: string, file: string, { integrity }: Results): void {
  const [problem] = integrityProblems(version, integrity);
  if (problem === undefined) return;
  throw new Failure("bad-value", problem.message, {
    file,
    hint: `Nothing was judged or changed. Evaluate it again with \`namewright eval --version ${version}\`.`,
  });
}

async function judgeUnscored(
  rows: readonly ResultRow[],
  verdicts: Map<string, NamesVerdict>,
  judge: Judge,
  context: RunContext,
): Promise<readonly CanaryAlarm[]> {
  const byKey = new Map(rows.map((row) => [sampleKey(row.row, row.sample), row]));
  const waiting = [...byKey].filter(([key, row]) => row.unscored !== null && !verdicts.has(key));
  let done = 0;
  const { alarms } = await judgeInRun(
    { judge, meter: judge.openMeter() },
    pausing(
      waiting.map(([key, { description, names }]) => ({
        key,
        description,
        names: judgeableNames(names).map(({ name }) => name),
      })),
      context.pause,
    ),
    context,
    async (key, verdict) => {
      const row = byKey.get(key);
      if (row === undefined) return;
      const placed = atOutputPlaces(verdict, row.names);
      await context.emit(verdictEvent(row.row, row.sample, placed));
      verdicts.set(key, placed);
      done += 1;
      await context.emit({ kind: "progress", done, total: waiting.length, unit: "rows", etaSeconds: null });
    },
  );
  return alarms;
}

function withVerdict(row: ResultRow, verdict: NamesVerdict): ResultRow {
  if (verdict.kind === "unscored")
    return { ...row, unscored: { reason: verdict.reason, detail: verdict.detail } };
  return { ...row, scores: verdict.scores, unscored: null };
}
