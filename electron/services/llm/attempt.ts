import type { UnscoredReason } from "../../../shared/schema/judge.ts";

/** One question to a model: instructions, data, and the schema its answer must have. */
export interface ChatRequest {
  readonly system: string;
  readonly user: string;
  readonly schemaName: string;
  readonly schema: Record<string, unknown>;
}

/** Tokens of one call as the endpoint counted them; null: it did not say. */
export type Usage = { readonly inputTokens: number; readonly outputTokens: number } | null;

/**
 * How one attempt ended. `retry`: worth another; `usage` null and `charged` true: it may have been paid for.
 * What no retry can mend for any row (a wrong key, an empty account, no such model) is thrown as a Failure
 * `service-refused`.
 */
export type Attempt =
  | { readonly kind: "text"; readonly text: string; readonly usage: Usage }
  | {
      readonly kind: "unusable";
      readonly reason: UnscoredReason;
      readonly detail: string;
      readonly usage: Usage;
    }
  | {
      readonly kind: "retry";
      readonly reason: "timeout" | "connection" | "rate-limited" | "server-error";
      readonly detail: string;
      readonly retryAfterMs: number | null;
      readonly charged: boolean;
    };
