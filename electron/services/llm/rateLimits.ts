import { retryAfterMs } from "./retryAfter.ts";

/** The limit that an endpoint enforces; `rate` if it doesn't say which. */
export type LimitKind = "requests" | "tokens" | "rate";

/** A wait that the endpoint requires of every call, in milliseconds, and the limit behind it. */
export interface RateLimitPause {
  readonly ms: number;
  readonly limit: LimitKind;
}

/** One limit's headers, null if absent. `resetMs` is the time until the allowance is full again. */
interface Allowance {
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly resetMs: number | null;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Parses `6m0s`, `20ms`, `1m30.5s` or plain seconds to milliseconds; null if invalid. */
export function durationMs(text: string): number | null {
  const value = text.trim();
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(value)) return null;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  return parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * (unitMs[unit as string] as number),
    0,
  );
}

function allowanceOf(headers: Headers, kind: "requests" | "tokens"): Allowance {
  const count = (name: string) => {
    const value = headers.get(`x-ratelimit-${name}-${kind}`)?.trim() ?? "";
    return /^\d+$/.test(value) ? Number(value) : null;
  };
  const reset = headers.get(`x-ratelimit-reset-${kind}`);
  return {
    limit: count("limit"),
    remaining: count("remaining"),
    resetMs: reset === null ? null : durationMs(reset),
  };
}

/** Returns the limit that refused a call: the one with nothing remaining, otherwise the one that the error names. */
export function limitOf(headers: Headers | undefined, errorType: string | null | undefined): LimitKind {
  const exhausted = (kind: "requests" | "tokens") =>
    headers !== undefined && allowanceOf(headers, kind).remaining === 0;
  if (exhausted("requests") !== exhausted("tokens")) return exhausted("requests") ? "requests" : "tokens";
  return errorType === "requests" || errorType === "tokens" ? errorType : "rate";
}

/**
 * Returns the pause that a refused call (429, 503) requires: its Retry-After, otherwise the reset of the limit that
 * refused it. Null if the response names no time.
 */
export function pauseAfterRefusal(
  headers: Headers | undefined,
  errorType: string | null | undefined,
  wallTime: number,
): RateLimitPause | null {
  const limit = limitOf(headers, errorType);
  const asked = retryAfterMs(headers, wallTime);
  if (asked !== null) return { ms: asked, limit };
  if (headers === undefined || limit === "rate") return null;
  const { resetMs } = allowanceOf(headers, limit);
  return resetMs === null ? null : { ms: resetMs, limit };
}

/** Returns the time until `needed` of an allowance is available. It refills evenly up to its limit until its reset. */
function refillMs({ limit, remaining, resetMs }: Allowance, needed: number): number {
  if (limit === null || remaining === null || resetMs === null) return 0;
  if (remaining >= needed || limit <= remaining) return 0;
  return (resetMs * (Math.min(needed, limit) - remaining)) / (limit - remaining);
}

/**
 * Returns the pause after a call, so that the next one isn't refused: the refill of one request and of as many tokens
 * as this call used. Null means no pause.
 */
export function pauseAfterReply(headers: Headers, tokens: number): RateLimitPause | null {
  const requests = refillMs(allowanceOf(headers, "requests"), 1);
  const forTokens = refillMs(allowanceOf(headers, "tokens"), tokens);
  const ms = Math.max(requests, forTokens);
  return ms === 0 ? null : { ms, limit: requests >= forTokens ? "requests" : "tokens" };
}
