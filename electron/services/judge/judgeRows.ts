import { Failure } from "../../../shared/domain/failure.ts";
import type { JudgeSpending, NamesVerdict, UnscoredReason } from "../../../shared/schema/judge.ts";
import { linkedController, onAbort } from "../async/abort.ts";
import type { Meter } from "../llm/meter.ts";
import type { Judge, NamesToJudge } from "./judge.ts";

/** A row for the judge; `key` belongs to the caller and isn't shown to it. */
export interface KeyedNames extends NamesToJudge {
  readonly key: string;
}

export interface JudgingOptions {
  /** Rows judged at once. Defaults to the judge's own number. */
  readonly rowsAtOnce?: number;
  /** Counts spending and applies limits; without a meter there are none. */
  readonly meter?: Meter;
  readonly signal: AbortSignal;
  /** Called once per row as verdicts arrive, not in row order. A rejection stops the judging. */
  onVerdict(key: string, verdict: NamesVerdict): Promise<void> | void;
}

/** The result. With `stoppedBy` "budget", the remaining rows are unscored; judging again resumes there. */
export interface Judging {
  readonly scored: number;
  readonly unscored: ReadonlyMap<UnscoredReason, number>;
  readonly spending: JudgeSpending;
  readonly stoppedBy: "budget" | null;
}

/**
 * Judges rows as they arrive, several at once, so that judging overlaps with generation. Every row gets one verdict.
 * After a limit is reached, the remaining rows that aren't cached are *unscored: budget*. The first failure stops the
 * others and is thrown.
 * @throws Failure `service-refused`, `cancelled`, or an error of `onVerdict` or `rows`
 */
export async function judgeRows(
  judge: Judge,
  rows: AsyncIterable<KeyedNames> | Iterable<KeyedNames>,
  options: JudgingOptions,
): Promise<Judging> {
  const { meter = judge.openMeter(), rowsAtOnce = judge.rowsAtOnce } = options;
  const { controller, release } = linkedController(options.signal);
  const { signal } = controller;
  const aborted = new Promise<{ done: true; value: undefined }>((resolve) => {
    onAbort(signal, () => resolve({ done: true, value: undefined }));
  });
  const source = (async function* () {
    yield* rows;
  })();
  const unscored = new Map<UnscoredReason, number>();
  let scored = 0;

  async function work(): Promise<void> {
    for (;;) {
      const next = await Promise.race([source.next(), aborted]);
      if (next.done || signal.aborted) return;
      const { key, description, names } = next.value;
      const verdict = await judge.scoreNames({ description, names }, signal, meter);
      if (verdict.kind === "scored") scored += 1;
      else unscored.set(verdict.reason, (unscored.get(verdict.reason) ?? 0) + 1);
      await options.onVerdict(key, verdict);
    }
  }

  let failure: { readonly error: unknown } | null = null;
  const worker = () =>
    work().catch((error: unknown) => {
      failure ??= { error };
      controller.abort();
    });
  await Promise.all(Array.from({ length: rowsAtOnce }, worker));
  release();
  if (options.signal.aborted) {
    throw new Failure("cancelled", "judging was cancelled", {
      hint: "Resume to continue. Judged rows are kept.",
    });
  }
  if (failure !== null) throw (failure as { error: unknown }).error;
  return {
    scored,
    unscored,
    spending: meter.spending(),
    stoppedBy: unscored.has("budget") ? "budget" : null,
  };
}
