import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { QueryClient } from "@tanstack/react-query";
import type { Contract } from "../../shared/contract/index.ts";
import { isAnswer, type LinkContext } from "./linkOptions.ts";
import { portLink } from "./portLink.ts";
import { socketLink } from "./socketLink.ts";

/** The whole contract, typed. */
export type Client = ContractRouterClient<Contract, LinkContext>;

/** A connection to one workspace with its query cache. */
export interface Connection {
  readonly client: Client;
  /** TanStack Query's options for each procedure: `api.dataset.list.queryOptions()`. */
  readonly api: ReturnType<typeof createTanstackQueryUtils<Client>>;
  readonly queries: QueryClient;
  close(): void;
}

function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The host runs on this machine, so it is reachable offline.
        networkMode: "always",
        refetchOnWindowFocus: false,
        staleTime: 2000,
        // An error from the host is final; a lost connection is worth a retry.
        retry: (count, error) => !isAnswer(error) && count < 8,
        retryDelay: (attempt) => Math.min(200 * 2 ** attempt, 2000),
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

/** Connects to a workspace (null: the host's first one), over the desktop's port if available. */
export function connect(workspaceId: string | null): Connection {
  const { link, close } = window.namewright === undefined ? socketLink(workspaceId) : portLink(workspaceId);
  const client: Client = createORPCClient(link);
  return { client, api: createTanstackQueryUtils(client), queries: createQueries(), close };
}
