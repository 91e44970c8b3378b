/** The query with which each screen was left, by its path. In memory: a reload has the URL. */
const kept = new Map<string, string>();

const pathOf = (workspaceId: string, screen: string): string => `/w/${workspaceId}/${screen}`;

/** Remembers what a screen shows: its open file, chosen run, filters. */
export function keepPlace(workspaceId: string, screen: string, query: string): void {
  kept.set(pathOf(workspaceId, screen), query);
}

/** The way to a screen as it was left; from the screen itself, to its beginning. */
export function placeOf(workspaceId: string, screen: string, current: string): string {
  const path = pathOf(workspaceId, screen);
  const query = screen === current ? "" : (kept.get(path) ?? "");
  return query === "" ? path : `${path}?${query}`;
}
