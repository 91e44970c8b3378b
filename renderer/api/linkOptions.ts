import { ORPCError } from "@orpc/client";
import { ClientRetryPlugin, type ClientRetryPluginContext } from "@orpc/client/plugins";

export type LinkContext = ClientRetryPluginContext;

/** Returns true if the host answered with an error; any other error means that it wasn't reached. */
export function isAnswer(error: unknown): boolean {
  return error instanceof ORPCError;
}

/** The context of streams, which resume where they stopped after a reconnect. Other calls aren't repeated. */
export const streamContext: LinkContext = { retry: Number.POSITIVE_INFINITY };

export const retryPlugin = new ClientRetryPlugin<LinkContext>({
  default: {
    retryDelay: ({ attemptIndex }) => Math.min(300 * 2 ** attemptIndex, 3000),
    shouldRetry: ({ error }) => !isAnswer(error),
  },
});
