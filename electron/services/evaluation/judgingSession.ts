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

/** How often at most the journal is told what was spent, in milliseconds. */
const tellSpendingMs = 1000;

/** The judge of one attempt of a run, and what it may still spend. Labels and names are counted together. */
export interface JudgingSession {
  readonly judge: Judge;
  readonly meter: Meter;
}

/** The failure that a limit of the person's own ends a run with: not done, and nothing is wrong. */
export function limitReached({ meter }: JudgingSession, runId: string, version: string): Failure {
  const { calls } = meter.spending();
  return new Failure(
    "check-failed",
    `stopped at the limit, after ${calls} judge calls: not every row is judged`,
    {
      hint: `Nothing is lost or paid twice. \`namewright runs resume ${runId}\` goes on without the limit; \`namewright eval --version ${version}\` with --max-calls or --max-cost once more goes on with one.`,
    },
  );
}

/**
 * What is left of the limits: earlier attempts of the run count, so that a crash allows no second helping. A person
 * who resumes a run that its limit has stopped wants it to go on: then there is none.
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

/** `212 calls, 13 answers from the cache, 190800 + 42400 tokens, $0.1200`. */
function spendingWords(meter: Meter): string {
  const { calls, cacheHits, inputTokens, outputTokens, cost } = meter.spending();
  return [
    `${calls} judge calls`,
    ...(cacheHits > 0 ? [`${cacheHits} answers from the cache`] : []),
    `${inputTokens} + ${outputTokens} tokens`,
    ...(cost === null ? [] : [formatDollars(cost)]),
  ].join(", ");
}

/**
 * Judges a run's rows, and the canaries among them where the judge is an LLM: an alarm becomes a warning of the run.
 * The journal is told what was spent as it goes, and at the end however it ends.
 * @throws Failure as `judgeRows` does. A limit that was reached is `stopped`.
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
  let told = performance.now();
  const tell = async () => {
    told = performance.now();
    await context.emit(spendingEvent(meter.spending()));
  };
  try {
    const alarms = await checkCanaries(judge, context.signal, { meter, occasion: context.runId });
    for (const { message } of alarms) {
      const warning = `${message}: the judge moved or was talked round; do not trust this run's scores`;
      await context.emit({ kind: "warning", code: "canary", message: warning });
    }
    const { stoppedBy } = await judgeRows(judge, rows, {
      meter,
      signal: context.signal,
      onVerdict: async (key, verdict) => {
        await onVerdict(key, verdict);
        if (performance.now() - told >= tellSpendingMs) await tell();
      },
    });
    return { stopped: stoppedBy !== null, alarms };
  } finally {
    await tell();
    await context.emit({ kind: "stage", stage: "judge", detail: `judged: ${spendingWords(meter)}` });
  }
}
