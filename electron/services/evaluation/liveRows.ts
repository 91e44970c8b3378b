import { requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { LiveEvaluation } from "../../../shared/domain/evaluation/live.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { labelRows } from "../../../shared/domain/judging/label.ts";
import { EvaluationSpecSchema, RejudgeSpecSchema } from "../../../shared/schema/evaluation.ts";
import type { LiveRows } from "../../../shared/schema/evaluationRows.ts";
import type { JournalEntry, Run } from "../../../shared/schema/run.ts";
import { readFrozenLabels } from "../judge/labelFiles.ts";
import type { RunService } from "../run/runService.ts";
import type { WatchOptions } from "../run/watching.ts";
import { correctionFiles, readCorrections } from "./correctedResults.ts";
import { type EvaluationSetting, openResults } from "./evaluationService.ts";
import { readRowEvent } from "./rowJournal.ts";

/** Rows of one message at most. */
const batchRows = 500;

type Setting = Pick<EvaluationSetting, "files" | "workspace">;

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
  const { run } = await runs.show(request.run);
  const live = await openLive(setting, run);
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

/** The table before its first row: the test rows of an evaluation, or the unscored rows of a rejudging. */
async function openLive(setting: Setting, run: Run): Promise<LiveEvaluation> {
  const { files, workspace } = setting;
  if (run.kind === "rejudging") {
    const { version } = RejudgeSpecSchema.parse(run.spec);
    return liveRejudging(setting, version);
  }
  if (run.kind !== "evaluation") {
    throw new Failure("bad-value", `run ${run.id} is no evaluation: it has no rows to watch`, {
      hint: "`namewright runs list` shows the kinds.",
    });
  }
  const spec = EvaluationSpecSchema.parse(run.spec);
  const { testSet, frozenLabels } = workspace.paths;
  const { rows } = requireTestSet(await files.read(testSet), testSet, {
    emptyMeansRefuse: spec.emptyMeansRefuse,
  });
  const { labels } = await readCorrections(files, await correctionFiles(files, workspace, spec.version));
  const labelled = labelRows(rows, [...labels.values()], await readFrozenLabels(files, frozenLabels));
  return new LiveEvaluation(labelled, spec.decoding.samples);
}

async function liveRejudging(setting: Setting, version: string): Promise<LiveEvaluation> {
  const { rows } = await openResults(setting.files, setting.workspace, version);
  const waiting = rows.filter(({ unscored }) => unscored !== null);
  const live = new LiveEvaluation(waiting, 1);
  for (const { row, sample, text, latencyMs } of waiting) live.generated(row, sample, text, latencyMs);
  return live;
}
