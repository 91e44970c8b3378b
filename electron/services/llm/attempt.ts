import type { UnscoredReason } from "../../../shared/schema/judge.ts";
import type { Hold } from "./rateLimits.ts";

/** One question to a model: instructions, data, and the schema its answer must have. */
export interface ChatRequest {
  readonly system: string;
  readonly user: string;
  readonly schemaName: string;
  readonly schema: Record<string, unknown>;
}

/** Tokens of one call as the endpoint counted them; null: it did not say. */
export type Usage = { readonly inputTokens: number; readonly outputTokens: number } | null;

/** Why a call is worth another try. `malformed-reply`: what came was no completion at all, as from a proxy. */
export type RetryReason = "timeout" | "connection" | "rate-limited" | "server-error" | "malformed-reply";

/**
 * How one attempt ended. `retry`: worth another; `charged` true: it may have been paid for. `hold`: what the
 * endpoint asks of every call. What no retry can mend for any row (a wrong key, an empty account, no such model) is
 * thrown as a Failure `service-refused`.
 */
export type Attempt =
  | { readonly kind: "text"; readonly text: string; readonly usage: Usage; readonly hold: Hold | null }
  | {
      readonly kind: "unusable";
      readonly reason: UnscoredReason;
      readonly detail: string;
      readonly usage: Usage;
      readonly hold: Hold | null;
    }
  | {
      readonly kind: "retry";
      readonly reason: RetryReason;
      readonly detail: string;
      readonly hold: Hold | null;
      readonly charged: boolean;
      /** The endpoint had too much of us: fewer calls at once. */
      readonly overloaded: boolean;
    };
