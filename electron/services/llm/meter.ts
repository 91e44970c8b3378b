import { Failure } from "../../../shared/domain/failure.ts";
import type { JudgeSettings, JudgeSpending } from "../../../shared/schema/judge.ts";
import type { ChatRequest, Usage } from "./attempt.ts";

/** How much may be spent; null: no limit. `maxCost` in US dollars. Every HTTP request counts as a call. */
export interface SpendingLimits {
  readonly maxCalls?: number | null;
  readonly maxCost?: number | null;
}

/** A call that was admitted: the most it can cost in US dollars, until it is settled. */
export interface Reservation {
  readonly cost: number;
}

/** Counts what is spent and admits no call that could go over the limits. */
export interface Meter {
  admit(request: ChatRequest, maxTokens: number): Reservation | null;
  /** `usage` null: the endpoint did not say, so the reservation stands. */
  settle(reservation: Reservation, usage: Usage): void;
  cacheHit(): void;
  spending(): JudgeSpending;
}

const perMillion = 1e6;
/** Tokens that a chat format adds around two messages, generously. */
const envelopeTokens = 64;

/** A token is at least one byte of UTF-8: bytes bound the tokens of a prompt from above. */
function mostInputTokens({ system, user, schema }: ChatRequest): number {
  return (
    Buffer.byteLength(system) +
    Buffer.byteLength(user) +
    Buffer.byteLength(JSON.stringify(schema)) +
    envelopeTokens
  );
}

/** @throws Failure `missing` where a cost limit is asked for and no prices are known. */
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
