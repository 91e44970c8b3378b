import { Failure } from "../../../shared/domain/failure.ts";
import { labelCalls, majorityLabel } from "../../../shared/domain/judging/label.ts";
import type { FrozenLabel, JudgeSpending, LabelVerdict } from "../../../shared/schema/judge.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { linkedController } from "../llm/linkedController.ts";
import type { Meter, SpendingLimits } from "../llm/meter.ts";
import type { Judge } from "./judge.ts";
import { readFrozenLabels, writeFrozenLabels } from "./labelFiles.ts";

export interface FreezeOptions extends SpendingLimits {
  /** Rows labelled at once. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Freezing {
  readonly labels: readonly FrozenLabel[];
  readonly added: number;
  /** Frozen rows on which the calls disagreed: for a person to look at. */
  readonly review: number;
  readonly unlabelled: number;
  readonly spending: JudgeSpending;
}

type LabellingJudge = Judge & Required<Pick<Judge, "labelDescription" | "labelRubric">>;

function assertLabels(judge: Judge): asserts judge is LabellingJudge {
  if (judge.labelDescription !== undefined && judge.labelRubric !== undefined) return;
  throw new Failure("missing", `the ${judge.stamp.kind} judge gives no labels, and this test set has none`, {
    hint: "Add a `label` column (safe or harmful), or set OPENAI_API_KEY and NAMEWRIGHT_JUDGE_MODEL.",
  });
}

async function freezeOne(
  judge: LabellingJudge,
  description: string,
  meter: Meter,
  signal: AbortSignal,
  { now }: FreezeOptions,
): Promise<FrozenLabel> {
  const verdicts: LabelVerdict[] = [];
  for (let call = 1; call <= labelCalls; call++) {
    verdicts.push(await judge.labelDescription({ description, call }, signal, meter));
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

/**
 * Freezes a label for each of the descriptions that has none yet: three judge calls each, their majority. A frozen
 * label is never changed; a row without a majority is asked again the next time. What was frozen is written even
 * where the work is cut short, and no reply is paid for twice.
 * @throws Failure `missing` where the judge gives no labels; else as `Judge.labelDescription` does.
 */
export async function freezeLabels(
  { files, file, judge }: { readonly files: FileLayer; readonly file: string; readonly judge: Judge },
  descriptions: readonly string[],
  options: FreezeOptions,
): Promise<Freezing> {
  assertLabels(judge);
  const frozen = new Map((await readFrozenLabels(files, file)).map((row) => [row.description, row]));
  const missing = [...new Set(descriptions)].filter((description) => frozen.get(description)?.label == null);
  const meter = judge.openMeter(options);
  const { controller, release } = linkedController(options.signal);
  const { signal } = controller;
  const waiting = [...missing];
  let done = 0;
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
      frozen.set(next, await freezeOne(judge, next, meter, signal, options));
      done += 1;
      options.onProgress?.(done, missing.length);
    }
  };
  const workers = Array.from({ length: options.concurrency }, () =>
    worker().catch((error: unknown) => {
      controller.abort();
      throw error;
    }),
  );
  const ended = await Promise.allSettled(workers);
  release();
  if (done > 0) await writeFrozenLabels(files, file, [...frozen.values()]);
  const rejected = ended.find((end) => end.status === "rejected");
  if (options.signal.aborted) {
    throw new Failure("cancelled", "labelling was cancelled", {
      hint: "Start it again: it goes on where it stopped.",
    });
  }
  if (rejected !== undefined) throw rejected.reason;
  const labels = [...frozen.values()];
  return {
    labels,
    added: done,
    review: labels.filter(({ review }) => review).length,
    unlabelled: labels.filter(({ label }) => label === null).length,
    spending: meter.spending(),
  };
}
