import { Failure } from "../../../shared/domain/failure.ts";
import { labelCalls, majorityLabel } from "../../../shared/domain/judging/label.ts";
import type { FrozenLabel, LabelVerdict } from "../../../shared/schema/judge.ts";
import { linkedController } from "../async/linkedController.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Meter } from "../llm/meter.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Judge } from "./judge.ts";
import { readFrozenLabels, writeFrozenLabels } from "./labelFiles.ts";

export interface FreezeOptions {
  /** Rows labelled at once; the judge's own number unless given. */
  readonly rowsAtOnce?: number;
  /** Counts what is spent, and knows the limits; without one there are none. */
  readonly meter?: Meter;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Resolves when the next description may be labelled: a pause holds it back. */
  readonly mayGoOn?: () => Promise<void>;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Freezing {
  readonly labels: readonly FrozenLabel[];
  readonly added: number;
  /** Frozen rows on which the calls disagreed: for a person to look at. */
  readonly review: number;
  readonly unlabelled: number;
  /** "budget": descriptions after that have no new label, and freezing again goes on there. */
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
    // Nobody was asked: that is no vote, and nothing to freeze.
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
  /** Saves as the workspace's one writer; without it, whoever else labels at the same time is not waited for. */
  readonly writing?: Workspace["writing"];
}

/** Writes labels beside those that somebody else has frozen meanwhile: the earlier one of a row counts. */
async function writeMerged(files: FileLayer, file: string, labels: readonly FrozenLabel[]): Promise<void> {
  const merged = new Map(labels.map((label) => [label.description, label]));
  for (const there of await readFrozenLabels(files, file)) {
    if (there.label !== null || !merged.has(there.description)) merged.set(there.description, there);
  }
  await writeFrozenLabels(files, file, [...merged.values()]);
}

/**
 * Freezes a label for each of the descriptions that has none yet: three judge calls each, their majority. A frozen
 * label is never changed; a row without a majority is asked again the next time. What was frozen is written even
 * where the work is cut short, and no reply is paid for twice.
 * @throws Failure `missing` where the judge gives no labels; else as `Judge.labelDescription` does.
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
      await options.mayGoOn?.();
      const label = await freezeOne(judge, next, meter, signal, options);
      if (label === "budget") {
        stoppedBy = label;
        continue;
      }
      frozen.set(next, label);
      done += 1;
      options.onProgress?.(done, missing.length);
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
  // In the order of the file and then of the test set, whichever was answered first.
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
