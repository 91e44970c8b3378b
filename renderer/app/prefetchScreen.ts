import type { Connection } from "../api/index.ts";

/**
 * Prefetches what the frame and the first screen query as soon as they are drawn, and resolves when all is answered.
 * Errors are ignored here: the components query again and show them.
 */
export async function prefetchScreen({ api, queries }: Connection, path: string): Promise<void> {
  await Promise.all([
    queries.prefetchQuery(api.workspace.info.queryOptions()),
    queries.prefetchQuery(api.host.workspaces.queryOptions()),
    queries.prefetchQuery(api.settings.get.queryOptions()),
    path === "overview" ? queries.prefetchQuery(api.workspace.overview.queryOptions()) : undefined,
  ]);
}
