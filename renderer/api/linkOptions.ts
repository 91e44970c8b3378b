import { ORPCError } from "@orpc/client";
import { ClientRetryPlugin, type ClientRetryPluginContext } from "@orpc/client/plugins";

export type LinkContext = ClientRetryPluginContext;

/** What the host said is an answer; anything else means that it could not be asked. */
export function isAnswer(error: unknown): boolean {
  return error instanceof ORPCError;
}

/** Streams go on where they stopped when the connection is back (`context: following`); other calls are not repeated. */
export const following: LinkContext = { retry: Number.POSITIVE_INFINITY };

export const retrying = new ClientRetryPlugin<LinkContext>({
  default: {
    retryDelay: ({ attemptIndex }) => Math.min(300 * 2 ** attemptIndex, 3000),
    shouldRetry: ({ error }) => !isAnswer(error),
  },
});
