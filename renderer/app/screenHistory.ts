/** The last query string of each screen, by path. Kept in memory only, because a reload keeps the URL. */
const kept = new Map<string, string>();

const pathOf = (workspaceId: string, screen: string): string => `/w/${workspaceId}/${screen}`;

/** Stores what a screen shows, such as its open file, selected run, and filters. */
export function rememberScreen(workspaceId: string, screen: string, query: string): void {
  kept.set(pathOf(workspaceId, screen), query);
}

/** Returns a screen's last URL; for the current screen, its plain URL. */
export function hrefOf(workspaceId: string, screen: string, current: string): string {
  const path = pathOf(workspaceId, screen);
  const query = screen === current ? "" : (kept.get(path) ?? "");
  return query === "" ? path : `${path}?${query}`;
}
