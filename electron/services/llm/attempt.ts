import type { UnscoredReason } from "../../../shared/schema/judge.ts";
import type { RateLimitPause } from "./rateLimits.ts";

/** One request to a model: instructions, data and the schema of the reply. */
export interface ChatRequest {
  readonly system: string;
  readonly user: string;
  readonly schemaName: string;
  readonly schema: Record<string, unknown>;
  /** Sent where given, unless the endpoint doesn't know the field. */
  readonly seed?: number | undefined;
}

/** Tokens of one call as reported by the endpoint, or null. */
export type Usage = { readonly inputTokens: number; readonly outputTokens: number } | null;

/**
 * Why a call is retried. `malformed-reply` means that the body wasn't a completion, for example from a proxy.
 * `rejected-request` means that the next attempt leaves out the field that the endpoint doesn't know.
 */
type RetryReason =
  | "timeout"
  | "connection"
  | "rate-limited"
  | "server-error"
  | "malformed-reply"
  | "rejected-request";

/**
 * The result of one attempt. `charged` means that a retried attempt may have been billed. `pause` is the wait that the
 * endpoint requires of every call. Errors that no retry can fix for any row (wrong key, no quota, unknown model) are
 * thrown as a `Failure` `service-refused`.
 */
export type Attempt =
  | {
      readonly kind: "text";
      readonly text: string;
      readonly usage: Usage;
      readonly pause: RateLimitPause | null;
    }
  | {
      readonly kind: "unusable";
      readonly reason: UnscoredReason;
      readonly detail: string;
      readonly usage: Usage;
      readonly pause: RateLimitPause | null;
    }
  | {
      readonly kind: "retry";
      readonly reason: RetryReason;
      readonly detail: string;
      readonly pause: RateLimitPause | null;
      readonly charged: boolean;
      /** The endpoint was overloaded, so concurrency must decrease. */
      readonly overloaded: boolean;
    };
