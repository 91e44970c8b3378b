import { Failure } from "../../../shared/domain/failure.ts";
import type { Random } from "../../../shared/domain/random.ts";
import type { JudgeSettings, UnscoredReason } from "../../../shared/schema/judge.ts";
import type { Attempt, ChatRequest } from "./attempt.ts";
import type { Clock } from "./clock.ts";
import { type CallOutcome, ConcurrencyLimit } from "./concurrencyLimit.ts";
import type { ChatEndpoint } from "./endpoint.ts";
import type { Meter } from "./meter.ts";
import { createRateLimitPauser } from "./rateLimitPause.ts";
import { RequestScheduler } from "./requestScheduler.ts";

/** The result of a request after all attempts. `billed`: the endpoint charged for the unusable reply. */
export type Answer =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "unusable";
      readonly reason: UnscoredReason;
      readonly detail: string;
      readonly billed: boolean;
    };

/** A chat with retries, adaptive concurrency, a shared pause after a rate limit, and a budget. */
export interface Chat {
  /**
   * Sends a request until it is answered or the attempts or the budget are exhausted. Any number of requests may be
   * pending; they are sent at the rate that the endpoint supports.
   * @throws Failure `service-refused` when continuing is pointless, `cancelled` on abort
   */
  ask(request: ChatRequest, meter: Meter, signal: AbortSignal): Promise<Answer>;
}

export interface ChatDependencies {
  readonly endpoint: ChatEndpoint;
  readonly settings: Pick<
    JudgeSettings,
    "baseUrl" | "concurrency" | "maxAttempts" | "maxTokens" | "longestWaitMs"
  >;
  readonly clock: Clock;
  readonly random: Random;
  /** Receives a message for the user when the endpoint requires a noticeable wait. */
  readonly warn: (message: string) => void;
}

const backoff = { firstMs: 500, mostMs: 30_000 } as const;

/** The initial number of concurrent calls. */
const firstConcurrency = 8;

/** After this many requests in a row without a reply, the endpoint counts as down and the run stops. */
const exhaustedInARow = 5;

/**
 * Returns the wait before attempt n + 1, n from 1, in milliseconds: full jitter (Brooker, "Exponential Backoff And
 * Jitter", AWS 2015), uniform on [0, min(30 s, 0.5 s × 2^(n−1))), in addition to Retry-After.
 */
export function waitBeforeRetry(attempt: number, retryAfter: number | null, random: Random): number {
  const ceiling = Math.min(backoff.mostMs, backoff.firstMs * 2 ** (attempt - 1));
  return (retryAfter ?? 0) + random.next() * ceiling;
}

/** Converts the rejection of an aborted wait to our own failure. */
async function waiting<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  try {
    return await promise;
  } catch (error) {
    if (!signal.aborted || error instanceof Failure) throw error;
    throw new Failure("cancelled", "cancelled while waiting for the judge", { cause: error });
  }
}

const outcomeOf = (attempt: Attempt | null): CallOutcome => {
  if (attempt === null) return "neutral";
  if (attempt.kind !== "retry") return "replied";
  return attempt.overloaded ? "limited" : "neutral";
};

function answerOf(attempt: Exclude<Attempt, { kind: "retry" }>): Answer {
  if (attempt.kind === "text") return { kind: "text", text: attempt.text };
  const { kind, reason, detail, usage } = attempt;
  // An endpoint that doesn't report its tokens may have charged for them.
  return { kind, reason, detail, billed: usage === null || usage.inputTokens + usage.outputTokens > 0 };
}

export function createChat({ endpoint, settings, clock, random, warn }: ChatDependencies): Chat {
  const limit = new ConcurrencyLimit({ start: firstConcurrency, most: settings.concurrency });
  const scheduler = new RequestScheduler({ clock, limit });
  const pauseCalls = createRateLimitPauser({ scheduler, clock, warn, settings });
  let exhausted = 0;

  /** Makes one attempt, or returns null when the budget is exhausted. */
  async function attemptOnce(
    request: ChatRequest,
    meter: Meter,
    signal: AbortSignal,
  ): Promise<Attempt | null> {
    const reservation = meter.admit(request, settings.maxTokens);
    if (reservation === null) return null;
    let usage: Parameters<Meter["settle"]>[1] = null;
    try {
      const attempt = await endpoint.attempt(request, signal);
      if (attempt.kind !== "retry") usage = attempt.usage;
      else if (!attempt.charged) usage = { inputTokens: 0, outputTokens: 0 };
      // Before this call's slot is released, because the next call must wait too.
      if (attempt.pause !== null && attempt.kind === "retry") pauseCalls(attempt.pause);
      else if (attempt.pause !== null) scheduler.pauseFor(attempt.pause.ms);
      return attempt;
    } finally {
      meter.settle(reservation, usage);
    }
  }

  function giveUp(attempt: Extract<Attempt, { kind: "retry" }>, attempts: number): Answer {
    exhausted += 1;
    if (exhausted >= exhaustedInARow) {
      throw new Failure(
        "service-refused",
        `${settings.baseUrl} didn't reply for ${exhausted} rows in a row: ${attempt.detail}`,
        {
          hint: "Check the network and the endpoint, then resume. Replies received so far are kept.",
        },
      );
    }
    return {
      kind: "unusable",
      reason: attempt.reason,
      detail: `${attempt.detail} (attempt ${attempts} of ${settings.maxAttempts})`,
      billed: false,
    };
  }

  return {
    async ask(request, meter, signal) {
      for (let number = 1; ; number++) {
        const turn = scheduler.run(
          { retry: number > 1, signal },
          () => attemptOnce(request, meter, signal),
          outcomeOf,
        );
        const attempt = await waiting(turn, signal);
        if (attempt === null)
          return {
            kind: "unusable",
            reason: "budget",
            detail: "the maximum number of calls or the maximum cost was reached",
            billed: false,
          };
        if (attempt.kind !== "retry") {
          exhausted = 0;
          return answerOf(attempt);
        }
        if (number >= settings.maxAttempts) return giveUp(attempt, number);
        const wait = waitBeforeRetry(number, attempt.pause?.ms ?? null, random);
        await waiting(clock.wait(wait, signal), signal);
      }
    },
  };
}
