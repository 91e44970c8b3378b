import { Failure } from "../../../shared/domain/failure.ts";
import { labelCalls, majorityLabel } from "../../../shared/domain/judging/label.ts";
import type { FrozenLabel, LabelVerdict } from "../../../shared/schema/judge.ts";
import { linkedController } from "../async/abort.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Meter } from "../llm/meter.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Judge } from "./judge.ts";
import { readFrozenLabels, writeFrozenLabels } from "./labelFiles.ts";

export interface FreezeOptions {
  /** Rows labelled at once. Defaults to the judge's own number. */
  readonly rowsAtOnce?: number;
  /** Counts spending and applies limits; without a meter there are none. */
  readonly meter?: Meter;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Called before each description. A pause delays its result. */
  readonly waitIfPaused?: () => Promise<void>;
}

export interface Freezing {
  readonly labels: readonly FrozenLabel[];
  readonly added: number;
  /** Frozen rows on which the calls disagreed, for manual review. */
  readonly review: number;
  readonly unlabelled: number;
  /** "budget" when a limit was reached. The remaining descriptions have no new label; freezing again resumes there. */
  readonly stoppedBy: "budget" | null;
}

type LabellingJudge = Judge & Required<Pick<Judge, "labelDescription" | "labelRubric">>;

function assertLabels(judge: Judge): asserts judge is LabellingJudge {
  if (judge.labelDescription !== undefined && judge.labelRubric !== undefined) return;
  throw new Failure(
    "missing",
    `the ${judge.stamp.kind} judge can't label rows, and this test set has no labels`,
    {
      hint: "Add a `label` column (safe or harmful), or set OPENAI_API_KEY and NAMEWRIGHT_JUDGE_MODEL.",
    },
  );
}

async function freezeOne(
  judge: LabellingJudge,
  description: string,
  meter: Meter,
  signal: AbortSignal,
  { now }: FreezeOptions,
): Promise<FrozenLabel | "budget"> {
  const verdicts: LabelVerdict[] = [];
  for (let call = 1; call <= labelCalls; call++) {
    const verdict = await judge.labelDescription({ description, call }, signal, meter);
    // No call was made, so there is no vote to freeze.
    if (verdict.kind === "unscored" && verdict.reason === "budget") return "budget";
    verdicts.push(verdict);
  }
  const who = `${judge.stamp.kind} ${judge.stamp.model ?? ""}`.trim();
  return {
    description,
    ...majorityLabel(verdicts),
    judge: who,
    rubric: judge.labelRubric,
    frozenAt: now().toISOString(),
  };
}

export interface LabelPlace {
  readonly files: FileLayer;
  readonly file: string;
  readonly judge: Judge;
  /** Takes the workspace's write lock; without it, concurrent labelling isn't serialized. */
  readonly writing?: Workspace["writing"];
}

/** Merges labels with those that another process froze in the meantime. The earlier label of a row counts. */
async function writeMerged(files: FileLayer, file: string, labels: readonly FrozenLabel[]): Promise<void> {
  const merged = new Map(labels.map((label) => [label.description, label]));
  for (const there of await readFrozenLabels(files, file)) {
    if (there.label !== null || !merged.has(there.description)) merged.set(there.description, there);
  }
  await writeFrozenLabels(files, file, [...merged.values()]);
}

/**
 * Freezes a label for each description without one: the majority of three judge calls. Never changes a frozen label. A
 * row without a majority is retried next time. Frozen labels are saved even if the work is interrupted, and no reply is
 * paid for twice.
 * @throws Failure `missing` when the judge can't label, otherwise like `Judge.labelDescription`
 */
export async function freezeLabels(
  { files, file, judge, writing = (_purpose, body) => body() }: LabelPlace,
  descriptions: readonly string[],
  options: FreezeOptions,
): Promise<Freezing> {
  assertLabels(judge);
  const frozen = new Map((await readFrozenLabels(files, file)).map((row) => [row.description, row]));
  const places = [...frozen.keys()];
  const missing = [...new Set(descriptions)].filter((description) => frozen.get(description)?.label == null);
  const meter = options.meter ?? judge.openMeter();
  const { controller, release } = linkedController(options.signal);
  const { signal } = controller;
  const waiting = [...missing];
  let done = 0;
  let stoppedBy: Freezing["stoppedBy"] = null;
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
      await options.waitIfPaused?.();
      const label = await freezeOne(judge, next, meter, signal, options);
      if (label === "budget") {
        stoppedBy = label;
        continue;
      }
      frozen.set(next, label);
      done += 1;
    }
  };
  const workers = Array.from({ length: options.rowsAtOnce ?? judge.rowsAtOnce }, () =>
    worker().catch((error: unknown) => {
      controller.abort();
      throw error;
    }),
  );
  const ended = await Promise.allSettled(workers);
  release();
  // In the order of the file and then of the test set, regardless of which was answered first.
  const labels = [...new Set([...places, ...missing])].flatMap((place) => frozen.get(place) ?? []);
  if (done > 0) await writing("freeze labels", () => writeMerged(files, file, labels));
  const rejected = ended.find((end) => end.status === "rejected");
  if (options.signal.aborted) {
    throw new Failure("cancelled", "labelling was cancelled", {
      hint: "Start labelling again to resume where it stopped.",
    });
  }
  if (rejected !== undefined) throw rejected.reason;
  return {
    labels,
    added: done,
    review: labels.filter(({ review }) => review).length,
    unlabelled: labels.filter(({ label }) => label === null).length,
    stoppedBy,
  };
}
