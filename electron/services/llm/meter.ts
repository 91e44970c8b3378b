import { Failure } from "../../../shared/domain/failure.ts";
import type { JudgeSettings, JudgeSpending } from "../../../shared/schema/judge.ts";
import type { ChatRequest, Usage } from "./attempt.ts";

/** Spending limits; null means no limit. `maxCost` is in US dollars. Every HTTP request counts as a call. */
export interface SpendingLimits {
  readonly maxCalls?: number | null;
  readonly maxCost?: number | null;
}

/** The maximum cost of an admitted call in US dollars, until it is settled. */
interface Reservation {
  readonly cost: number;
}

/** Counts spending and refuses calls that could exceed the limits. */
export interface Meter {
  admit(request: ChatRequest, maxTokens: number): Reservation | null;
  /** Settles a call. With `usage` null, the reserved cost counts. */
  settle(reservation: Reservation, usage: Usage): void;
  cacheHit(): void;
  spending(): JudgeSpending;
}

const perMillion = 1e6;
/** An upper bound on the tokens that a chat format adds around two messages. */
const envelopeTokens = 64;

/** Returns an upper bound on a prompt's tokens: a token has at least one byte of UTF-8. */
function mostInputTokens({ system, user, schema }: ChatRequest): number {
  return (
    Buffer.byteLength(system) +
    Buffer.byteLength(user) +
    Buffer.byteLength(JSON.stringify(schema)) +
    envelopeTokens
  );
}

/** Creates a meter. Throws `Failure` `missing` for a maximum cost without known prices. */
export function createMeter(prices: JudgeSettings["prices"], limits: SpendingLimits = {}): Meter {
  const maxCalls = limits.maxCalls ?? Number.POSITIVE_INFINITY;
  const maxCost = limits.maxCost ?? Number.POSITIVE_INFINITY;
  if (prices === null && maxCost < Number.POSITIVE_INFINITY) {
    throw new Failure("missing", "a maximum cost requires the judge's prices", {
      hint: "Add the model to resources/prices.json, or set NAMEWRIGHT_JUDGE_PRICE_INPUT and NAMEWRIGHT_JUDGE_PRICE_OUTPUT (US dollars per million tokens), or set a maximum number of calls with --max-calls.",
    });
  }
  const costOf = (input: number, output: number) =>
    prices === null ? 0 : (input * prices.input + output * prices.output) / perMillion;
  const counted = { calls: 0, cacheHits: 0, inputTokens: 0, outputTokens: 0 };
  let spent = 0;
  let reserved = 0;
  return {
    admit(request, maxTokens) {
      const cost = costOf(mostInputTokens(request), maxTokens);
      if (counted.calls >= maxCalls || spent + reserved + cost > maxCost) return null;
      counted.calls += 1;
      reserved += cost;
      return { cost };
    },
    settle(reservation, usage) {
      reserved -= reservation.cost;
      counted.inputTokens += usage?.inputTokens ?? 0;
      counted.outputTokens += usage?.outputTokens ?? 0;
      spent += usage === null ? reservation.cost : costOf(usage.inputTokens, usage.outputTokens);
    },
    cacheHit() {
      counted.cacheHits += 1;
    },
    spending: () => ({ ...counted, cost: prices === null ? null : spent }),
  };
}
