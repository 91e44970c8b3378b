import { Failure } from "../../../shared/domain/failure.ts";
import { formatDollars } from "../../../shared/domain/format/cost.ts";
import type { CanaryAlarm } from "../../../shared/domain/judging/canary.ts";
import type { NamesVerdict } from "../../../shared/schema/judge.ts";
import type { JournalEntry } from "../../../shared/schema/run.ts";
import { checkCanaries } from "../judge/canaries.ts";
import type { Judge } from "../judge/judge.ts";
import { judgeRows, type KeyedNames } from "../judge/judgeRows.ts";
import type { Meter, SpendingLimits } from "../llm/meter.ts";
import type { RunContext } from "../run/runKind.ts";
import { readSpent, spendingEvent } from "./rowJournal.ts";

/** Minimum time between two spending events in the journal, in milliseconds. */
const spendingIntervalMs = 1000;

/** The judge of one attempt of a run, with its meter. Calls for labels and for names are counted together. */
export interface JudgingSession {
  readonly judge: Judge;
  readonly meter: Meter;
}

/** Returns the failure of a run that reached the user's limit: unfinished, but not broken. */
export function limitReached({ meter }: JudgingSession, runId: string, version: string): Failure {
  const { calls } = meter.spending();
  return new Failure(
    "check-failed",
    `stopped at the limit after ${calls} judge calls, before every row was judged`,
    {
      hint: `Nothing is lost or paid for twice. \`namewright runs resume ${runId}\` continues without the limit. \`namewright eval --version ${version}\` with --max-calls or --max-cost continues with a new limit.`,
    },
  );
}

/**
 * Returns what is left of the limits. Earlier attempts of the run count, so that a crash doesn't reset them. Resuming a
 * run that its limit stopped removes the limit.
 */
export function limitsLeft(limits: SpendingLimits, previous: readonly JournalEntry[]): SpendingLimits {
  const stopped = previous.some(
    ({ event }) => event.kind === "status" && event.failure?.code === "check-failed",
  );
  if (stopped) return {};
  const spent = readSpent(previous);
  const left = (limit: number | null | undefined, used: number) =>
    limit == null ? null : Math.max(0, limit - used);
  return { maxCalls: left(limits.maxCalls, spent.calls), maxCost: left(limits.maxCost, spent.cost) };
}

/** Describes spending, such as `212 judge calls, 13 cached answers, 190800 + 42400 tokens, $0.1200`. */
function describeSpending(meter: Meter): string {
  const { calls, cacheHits, inputTokens, outputTokens, cost } = meter.spending();
  return [
    `${calls} judge calls`,
    ...(cacheHits > 0 ? [`${cacheHits} cached answers`] : []),
    `${inputTokens} + ${outputTokens} tokens`,
    ...(cost === null ? [] : [formatDollars(cost)]),
  ].join(", ");
}

/**
 * Judges a run's rows, and canaries first when the judge is an LLM: an alarm becomes a warning of the run. Records the
 * spending in the journal while judging and at the end, whatever the outcome.
 * @throws Failure as `judgeRows` does. `stopped` is true when a limit was reached.
 */
export async function judgeInRun(
  { judge, meter }: JudgingSession,
  rows: AsyncIterable<KeyedNames> | Iterable<KeyedNames>,
  context: RunContext,
  onVerdict: (key: string, verdict: NamesVerdict) => Promise<void>,
): Promise<{ readonly stopped: boolean; readonly alarms: readonly CanaryAlarm[] }> {
  if (judge.stamp.kind === "rule") {
    const { stoppedBy } = await judgeRows(judge, rows, { meter, signal: context.signal, onVerdict });
    return { stopped: stoppedBy !== null, alarms: [] };
  }
  let recordedAt = performance.now();
  const recordSpending = async () => {
    recordedAt = performance.now();
    await context.emit(spendingEvent(meter.spending()));
  };
  try {
    const alarms = await checkCanaries(judge, context.signal, { meter, occasion: context.runId });
    for (const { message } of alarms) {
      const warning = `${message}: the judge's canary scores moved, so don't trust this run's scores`;
      await context.emit({ kind: "warning", code: "canary", message: warning });
    }
    const { stoppedBy } = await judgeRows(judge, rows, {
      meter,
      signal: context.signal,
      onVerdict: async (key, verdict) => {
        await onVerdict(key, verdict);
        if (performance.now() - recordedAt >= spendingIntervalMs) await recordSpending();
      },
    });
    return { stopped: stoppedBy !== null, alarms };
  } finally {
    await recordSpending();
    await context.emit({ kind: "stage", stage: "judge", detail: `judged: ${describeSpending(meter)}` });
  }
}
