/** The scheme of our pages. Only this program can serve it. */
export const appScheme = "app";
export const appOrigin = `${appScheme}://namewright`;

/** Returns whether a URL is one of our pages. */
export function isOurs(url: string): boolean {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}` === appOrigin;
  } catch {
    return false;
  }
}

/** Returns the URL of a workspace's screen, in the form of the renderer's routes. */
export function screenAddress(workspaceId: string, screen = "overview"): string {
  return `${appOrigin}/w/${workspaceId}/${screen}`;
}
