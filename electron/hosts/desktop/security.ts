import type Electron from "electron";
import { appScheme, isOurs } from "./appAddress.ts";
import type { ElectronApi } from "./electronApi.ts";

/** Where a link may lead, in the system's browser. */
const linkedHosts: ReadonlySet<string> = new Set([
  "huggingface.co",
  "platform.openai.com",
  "www.python.org",
  "nodejs.org",
  "pytorch.org",
]);

/** Whether a link is opened outside: https, a host of the list on its usual port, no name or password in it. */
export function mayOpenOutside(address: string): boolean {
  try {
    const url = new URL(address);
    const plain = url.port === "" && url.username === "" && url.password === "";
    return url.protocol === "https:" && plain && linkedHosts.has(url.hostname);
  } catch {
    return false;
  }
}

/** What a page of ours may fetch: its own files, what it made itself, and Electron's developer tools theirs. */
const localSchemes: ReadonlySet<string> = new Set([`${appScheme}:`, "blob:", "data:", "devtools:"]);

function staysHere(address: string): boolean {
  try {
    const { protocol } = new URL(address);
    return localSchemes.has(protocol) && (protocol !== `${appScheme}:` || isOurs(address));
  } catch {
    return false;
  }
}

/** No permission for anything, no network for pages, no dictionaries fetched. */
export function guardSession(session: Electron.Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !staysHere(url) }));
  session.on("will-download", (event, download) => {
    // A chart that the page itself has made may be saved; nothing else comes from anywhere.
    if (!download.getURL().startsWith("blob:") && !download.getURL().startsWith("data:"))
      event.preventDefault();
  });
}

/** No way out of our pages for any contents that are ever made: no navigation, no window, no webview. */
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
