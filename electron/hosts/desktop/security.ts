import type Electron from "electron";
import { appScheme, isOurs } from "./appAddress.ts";
import type { ElectronApi } from "./electronApi.ts";

/** The hosts that a link may open in the system's browser. */
const linkedHosts: ReadonlySet<string> = new Set([
  "huggingface.co",
  "platform.openai.com",
  "www.python.org",
  "nodejs.org",
  "pytorch.org",
]);

/** Returns whether a link may open outside: https, a listed host on its default port, no credentials. */
export function mayOpenOutside(address: string): boolean {
  try {
    const url = new URL(address);
    const plain = url.port === "" && url.username === "" && url.password === "";
    return url.protocol === "https:" && plain && linkedHosts.has(url.hostname);
  } catch {
    return false;
  }
}

/** The schemes that a page may fetch: its own files, data it created, and Electron's developer tools. */
const localSchemes: ReadonlySet<string> = new Set([`${appScheme}:`, "blob:", "data:", "devtools:"]);

function staysHere(address: string): boolean {
  try {
    const { protocol } = new URL(address);
    return localSchemes.has(protocol) && (protocol !== `${appScheme}:` || isOurs(address));
  } catch {
    return false;
  }
}

/** Denies all permissions, network access of pages and dictionary downloads. */
export function guardSession(session: Electron.Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !staysHere(url) }));
  session.on("will-download", (event, download) => {
    // The page may save a chart that it created. Other downloads are blocked.
    if (!download.getURL().startsWith("blob:") && !download.getURL().startsWith("data:"))
      event.preventDefault();
  });
}

/** Blocks navigation, new windows and webviews in all web contents. */
export function guardContents({ app, shell }: Pick<ElectronApi, "app" | "shell">): void {
  app.on("web-contents-created", (_event, contents) => {
    const stay = (event: Electron.Event & { readonly url: string }) => {
      if (!isOurs(event.url)) event.preventDefault();
    };
    contents.on("will-navigate", stay);
    contents.on("will-redirect", stay);
    contents.on("will-frame-navigate", (event) => {
      if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
    });
    contents.on("will-attach-webview", (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void shell.openExternal(url);
      return { action: "deny" };
    });
  });
}
