import type { Connection } from "../api/index.ts";

/**
 * Asks what the frame and the first screen ask as soon as they are drawn. Errors are theirs to show: they ask again.
 * @returns when all is answered
 */
export async function askAhead({ api, queries }: Connection, path: string): Promise<void> {
  await Promise.all([
    queries.prefetchQuery(api.workspace.info.queryOptions()),
    queries.prefetchQuery(api.host.workspaces.queryOptions()),
    queries.prefetchQuery(api.settings.get.queryOptions()),
    path === "overview" ? queries.prefetchQuery(api.workspace.overview.queryOptions()) : undefined,
  ]);
}
