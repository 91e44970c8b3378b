import path from "node:path";
import { LiveEvaluation } from "../../../shared/domain/evaluation/live.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { EvaluationSpecSchema, RejudgeSpecSchema } from "../../../shared/schema/evaluation.ts";
import type { LiveRows } from "../../../shared/schema/evaluationRows.ts";
import type { ResultRow } from "../../../shared/schema/result.ts";
import type { JournalEntry, Run } from "../../../shared/schema/run.ts";
import { sha256 } from "../hashing/hashing.ts";
import { correctionFiles, readCorrected } from "../results/correctedResults.ts";
import type { RunService } from "../run/runService.ts";
import type { WatchOptions } from "../run/runWatch.ts";
import type { EvaluationDependencies } from "./dependencies.ts";
import { evaluatedRows, sameTestSet } from "./evaluationInputs.ts";
import { withCurrentLabels } from "./labelledRows.ts";
import { readRowEvent, sampleKey } from "./rowJournal.ts";

/** Maximum rows per message. */
const batchRows = 500;

type Setting = Pick<EvaluationDependencies, "files" | "workspace">;

/**
 * Yields the rows of a running or finished run from its journal. A reader that returns with the last sequence number it
 * saw receives only what changed since.
 */
export async function* watchRows(
  setting: Setting,
  runs: RunService,
  request: { run: string; from: number },
  options: WatchOptions = {},
): AsyncGenerator<LiveRows> {
  const { run, journal } = await runs.show(request.run);
  const live = await openLive(setting, run, journal.entries);
  // A number beyond the journal's end belongs to another journal, so every row is sent.
  const from = request.from > run.lastSeq ? 0 : request.from;
  let seq = 0;
  for await (const page of runs.watch(request.run, 0, options)) {
    for (const entry of page.entries) {
      seq = entry.seq;
      apply(live, entry);
      if (seq === from) live.seen();
    }
    if (seq < from) continue;
    do yield { seq, run: page.run, ...live.take(batchRows) };
    while (live.changes > 0);
  }
}

/** Applies a journal entry to the table. */
function apply(live: LiveEvaluation, { event }: JournalEntry): void {
  const row = readRowEvent(event);
  if (row?.kind === "generated") {
    const { row: at, sample, text, latencyMs } = row.generated;
    live.generated(at, sample, text, latencyMs);
  } else if (row?.kind === "judged") {
    live.judged(row.row, row.sample, row.verdict);
  }
}

/** Returns the table before its first row: an evaluation's test rows, or the rows that a rejudging judges. */
async function openLive(
  setting: Setting,
  run: Run,
  entries: readonly JournalEntry[],
): Promise<LiveEvaluation> {
  if (run.kind === "rejudging") return liveRejudging(setting, run, entries);
  if (run.kind === "evaluation") return liveEvaluation(setting, run);
  throw new Failure("bad-value", `run ${run.id} isn't an evaluation, so it has no rows to watch`, {
    hint: "`namewright runs list` shows the kind of each run.",
  });
}

/** Returns the run's own results file, which keeps its rows even if the test set or the results change later. */
const ownResults = ({ folder }: Run): string => path.join(folder, "results.csv");

async function liveEvaluation({ files, workspace }: Setting, run: Run): Promise<LiveEvaluation> {
  const spec = EvaluationSpecSchema.parse(run.spec);
  const own = ownResults(run);
  if (await files.exists(own)) {
    const from = await correctionFiles(files, workspace, spec.version);
    const { results } = await readCorrected(files, own, from);
    const tests = new Map(results.rows.map((row) => [row.row, row]));
    return new LiveEvaluation([...tests.values()], spec.decoding.samples, spec.promptUse?.refusal);
  }
  const bytes = await sameTestSet(files, workspace, spec);
  const rows = evaluatedRows(bytes, workspace.paths.testSet, spec);
  const labelled = await withCurrentLabels(files, workspace, spec.version, rows);
  return new LiveEvaluation(labelled, spec.decoding.samples, spec.promptUse?.refusal);
}

async function liveRejudging(
  setting: Setting,
  run: Run,
  entries: readonly JournalEntry[],
): Promise<LiveEvaluation> {
  const waiting = await waitingRows(setting, run, entries);
  const live = new LiveEvaluation(waiting, 1);
  for (const { row, sample, text, latencyMs } of waiting) live.generated(row, sample, text, latencyMs);
  return live;
}

/** Returns the rows without a score, from the unchanged results or else from the run's own file and journal. */
async function waitingRows(
  { files, workspace }: Setting,
  run: Run,
  entries: readonly JournalEntry[],
): Promise<ResultRow[]> {
  const { version, resultsHash } = RejudgeSpecSchema.parse(run.spec);
  const from = await correctionFiles(files, workspace, version);
  const file = workspace.paths.results(version);
  if ((await files.exists(file)) && sha256(await files.read(file)) === resultsHash) {
    const { results } = await readCorrected(files, file, from);
    return results.rows.filter(({ unscored }) => unscored !== null);
  }
  const own = ownResults(run);
  if (await files.exists(own)) {
    const asked = new Set(entries.flatMap(({ event }) => judgedKey(event) ?? []));
    const { results } = await readCorrected(files, own, from);
    return results.rows.filter(({ row, sample }) => asked.has(sampleKey(row, sample)));
  }
  throw new Failure("bad-value", `conflict: ${file} changed after this run started`, {
    file,
    hint: "The run's rows can no longer be shown. Start it again.",
  });
}

function judgedKey(event: JournalEntry["event"]): string | null {
  const row = readRowEvent(event);
  return row?.kind === "judged" ? sampleKey(row.row, row.sample) : null;
}
