/** The scheme of our own pages. It is no web address: nothing outside this program can answer for it. */
export const appScheme = "app";
export const appOrigin = `${appScheme}://namewright`;

/** Whether a URL is one of our pages. */
export function isOurs(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}` === appOrigin;
  } catch {
    return false;
  }
}

/** The screen of a workspace, as the renderer's routes have it. */
export function screenAddress(workspaceId: string, screen = "overview"): string {
  return `${appOrigin}/w/${workspaceId}/${screen}`;
}
