import path from "node:path";
import { requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { LiveEvaluation } from "../../../shared/domain/evaluation/live.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { labelRows } from "../../../shared/domain/judging/label.ts";
import { EvaluationSpecSchema, RejudgeSpecSchema } from "../../../shared/schema/evaluation.ts";
import type { LiveRows } from "../../../shared/schema/evaluationRows.ts";
import type { ResultRow } from "../../../shared/schema/result.ts";
import type { JournalEntry, Run } from "../../../shared/schema/run.ts";
import { sha256 } from "../hashing/hashing.ts";
import { readFrozenLabels } from "../judge/labelFiles.ts";
import { correctionFiles, readCorrected, readCorrections } from "../results/correctedResults.ts";
import type { RunService } from "../run/runService.ts";
import type { WatchOptions } from "../run/runWatch.ts";
import type { EvaluationDependencies } from "./dependencies.ts";
import { sameTestSet } from "./evaluationInputs.ts";
import { readRowEvent, sampleKey } from "./rowJournal.ts";

/** Rows of one message at most. */
const batchRows = 500;

type Setting = Pick<EvaluationDependencies, "files" | "workspace">;

/**
 * The rows of a run as it is under way, and of one that has ended: its journal is the truth. A reader who comes back
 * with the sequence number of what it saw last is told only what changed since.
 */
export async function* watchRows(
  setting: Setting,
  runs: RunService,
  request: { run: string; from: number },
  options: WatchOptions = {},
): AsyncGenerator<LiveRows> {
  const { run, journal } = await runs.show(request.run);
  const live = await openLive(setting, run, journal.entries);
  // A number beyond the journal's end is of another journal: then everything is told.
  const from = request.from > run.lastSeq ? 0 : request.from;
  let seq = 0;
  for await (const page of runs.watch(request.run, 0, options)) {
    for (const entry of page.entries) {
      seq = entry.seq;
      tell(live, entry);
      if (seq === from) live.seen();
    }
    if (seq < from) continue;
    do yield { seq, run: page.run, ...live.take(batchRows) };
    while (live.changes > 0);
  }
}

function tell(live: LiveEvaluation, { event }: JournalEntry): void {
  const row = readRowEvent(event);
  if (row?.kind === "generated") {
    const { row: at, sample, text, latencyMs } = row.generated;
    live.generated(at, sample, text, latencyMs);
  } else if (row?.kind === "judged") {
    live.judged(row.row, row.sample, row.verdict);
  }
}

/** The table before its first row: the test rows of an evaluation, or the rows that a rejudging asks about. */
async function openLive(
  setting: Setting,
  run: Run,
  entries: readonly JournalEntry[],
): Promise<LiveEvaluation> {
  if (run.kind === "rejudging") return liveRejudging(setting, run, entries);
  if (run.kind === "evaluation") return liveEvaluation(setting, run);
  throw new Failure("bad-value", `run ${run.id} is no evaluation: it has no rows to watch`, {
    hint: "`namewright runs list` shows the kinds.",
  });
}

/** What a run wrote for itself: it holds its rows as they were, whatever became of test set and results since. */
const ownResults = ({ folder }: Run): string => path.join(folder, "results.csv");

async function liveEvaluation({ files, workspace }: Setting, run: Run): Promise<LiveEvaluation> {
  const spec = EvaluationSpecSchema.parse(run.spec);
  const from = await correctionFiles(files, workspace, spec.version);
  const own = ownResults(run);
  if (await files.exists(own)) {
    const { results } = await readCorrected(files, own, from);
    const tests = new Map(results.rows.map((row) => [row.row, row]));
    return new LiveEvaluation([...tests.values()], spec.decoding.samples);
  }
  const { testSet, frozenLabels } = workspace.paths;
  const bytes = await sameTestSet(files, workspace, spec);
  const { rows } = requireTestSet(bytes, testSet, { emptyMeansRefuse: spec.emptyMeansRefuse });
  const { labels } = await readCorrections(files, from);
  const labelled = labelRows(rows, [...labels.values()], await readFrozenLabels(files, frozenLabels));
  return new LiveEvaluation(labelled, spec.decoding.samples);
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

/** The rows that had no score: in the results as they were at the start, else in the run's own by its journal. */
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
  throw new Failure("bad-value", `conflict: ${file} changed since this was started`, {
    file,
    hint: "Its rows can no longer be told. Start it again.",
  });
}

function judgedKey(event: JournalEntry["event"]): string | null {
  const told = readRowEvent(event);
  return told?.kind === "judged" ? sampleKey(told.row, told.sample) : null;
}
