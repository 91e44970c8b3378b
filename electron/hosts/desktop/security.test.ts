import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type Electron from "electron";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../serving/contentSecurity.ts";
import type { StandIn } from "../testing/fakeElectron/standIn.ts";
import { type Ground, makeGround, startOn } from "../testing/fakeElectron/started.ts";
import { StandInFrame, type StandInWindow } from "../testing/fakeElectron/windows.ts";
import { isOurs } from "./appAddress.ts";
import { mayOpenOutside } from "./security.ts";

let ground: Ground;
let standIn: StandIn;
let window: StandInWindow;
beforeAll(async () => {
  ground = await makeGround();
  ({ standIn, window } = await startOn(ground));
});
afterAll(() => ground.remove());

/** Whether an event of the contents was stopped. */
function stopped(event: string, details: object): boolean {
  let prevented = false;
  window.webContents.emit(event, { ...details, preventDefault: () => (prevented = true) });
  return prevented;
}

describe("windows", () => {
  it("are sandboxed and isolated, without Node or Blink features, with web security", () => {
    expect(standIn.windows).toHaveLength(1);
    const { preload, devTools, ...preferences } = window.options.webPreferences ?? {};
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
    expect(preload).toBe(path.join(ground.app, "out", "desktop", "preload.cjs"));
    expect(devTools).toBe(true);
    expect(standIn.recorder.of("app.enableSandbox")).toHaveLength(1);
  });

  it("of a package have no developer tools", async () => {
    const { window: packaged } = await startOn(ground, { packaged: true });
    expect(packaged.options.webPreferences?.devTools).toBe(false);
  });

  it.each([
    "https://example.com/",
    "file:///etc/passwd",
    "data:text/html,hi",
    "app://elsewhere/",
    "about:blank",
  ])("don't navigate to %s", (url) => {
    expect(stopped("will-navigate", { url })).toBe(true);
    expect(stopped("will-redirect", { url })).toBe(true);
    expect(stopped("will-frame-navigate", { url, isMainFrame: true })).toBe(true);
  });

  it("block navigation of frames, and may reload their own page", () => {
    const own = "app://namewright/w/000000000000/train";
    expect(stopped("will-frame-navigate", { url: own, isMainFrame: false })).toBe(true);
    expect(stopped("will-frame-navigate", { url: own, isMainFrame: true })).toBe(false);
    expect(stopped("will-navigate", { url: own })).toBe(false);
  });

  it("block webviews", () => {
    expect(stopped("will-attach-webview", {})).toBe(true);
  });

  it("block new windows, and open listed links in the system's browser", () => {
    const open = (url: string) => window.webContents.openHandler?.({ url } as Electron.HandlerDetails);
    for (const url of ["https://example.com/", "file:///etc/passwd", "smb://host/share", "app://namewright/"])
      expect(open(url)).toEqual({ action: "deny" });
    expect(standIn.recorder.of("shell.openExternal")).toEqual([]);
    expect(open("https://huggingface.co/settings/tokens")).toEqual({ action: "deny" });
    expect(standIn.recorder.of("shell.openExternal")).toEqual([["https://huggingface.co/settings/tokens"]]);
  });
});

it.each([
  "file:///etc/passwd",
  "smb://huggingface.co/share",
  "http://huggingface.co/",
  "ms-msdt:id",
  "javascript:alert(1)",
  "https://huggingface.co.example.com/",
  "https://huggingface.co@example.com/",
  "https://me:secret@huggingface.co/",
  "https://huggingface.co:8443/",
  "not a url",
])("doesn't open %s outside", (url) => expect(mayOpenOutside(url)).toBe(false));

it.each(["app://namewright.example/", "app://namewright:1/", "http://namewright/", "app:namewright", "x"])(
  "rejects %s as one of our pages",
  (url) => expect(isOurs(url)).toBe(false),
);

describe("the session", () => {
  it("denies every permission request and check", () => {
    const { session } = standIn;
    for (const permission of [
      "media",
      "geolocation",
      "notifications",
      "clipboard-read",
      "openExternal",
    ] as const) {
      let granted: boolean | null = null;
      session.permissionRequest?.(
        {} as Electron.WebContents,
        permission,
        (answer) => {
          granted = answer;
        },
        {} as Electron.PermissionRequest,
      );
      expect(granted).toBe(false);
      expect(session.permissionCheck?.(null, permission, "app://namewright", {} as never)).toBe(false);
    }
    expect(session.devicePermission?.({} as never)).toBe(false);
  });

  it("blocks network requests of pages and dictionary downloads", () => {
    const cancelled = (url: string) => {
      let answer: boolean | undefined;
      standIn.session.beforeRequest?.({ url }, ({ cancel }) => {
        answer = cancel;
      });
      return answer;
    };
    for (const url of [
      "https://example.com/a.js",
      "http://127.0.0.1/",
      "ws://localhost/",
      "file:///etc/passwd",
    ])
      expect(cancelled(url)).toBe(true);
    for (const url of [
      "app://namewright/assets/index.js",
      "blob:app://namewright/1",
      "data:image/png;base64,",
    ])
      expect(cancelled(url)).toBe(false);
    expect(standIn.session.spellChecker).toBe(false);
  });

  it("allows downloads of data that a page created, and blocks others", () => {
    const prevented = (url: string) => {
      let stop = false;
      standIn.session.emit("will-download", { preventDefault: () => (stop = true) }, { getURL: () => url });
      return stop;
    };
    expect(prevented("blob:app://namewright/1")).toBe(false);
    expect(prevented("https://example.com/a.exe")).toBe(true);
  });
});

describe("app://", () => {
  const ask = async (url: string, method = "GET") =>
    standIn.protocols.get("app")?.({ url, method } as Request) as Promise<Response>;

  it("serves the page with the policy for every route of the renderer", async () => {
    for (const url of ["app://namewright/", "app://namewright/w/000000000000/datasets?row=3#top"]) {
      const response = await ask(url);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain("<title>Namewright");
      expect(response.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect(contentSecurityPolicy).toBe(
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
    const script = await ask("app://namewright/assets/index.js");
    expect(script.headers.get("content-type")).toContain("javascript");
  });

  it("returns 404 with the policy for paths outside the renderer", async () => {
    await writeFile(path.join(ground.folder, "secret.js"), "secret");
    await symlink(path.join(ground.folder, "secret.js"), path.join(ground.renderer, "link.js"));
    await symlink(ground.folder, path.join(ground.renderer, "linked"));
    for (const place of [
      "../secret.js",
      "assets/../../../../secret.js",
      "%2e%2e/secret.js",
      "..%2f..%2fsecret.js",
      "..%5c..%5csecret.js",
      "assets\\index.js",
      "assets/index.js%00.png",
      "%252e%252e/secret.js",
      "w/../../secret.js",
      "link.js",
      "linked/secret.js",
      "absent.js",
      "assets/",
      "%",
    ]) {
      const response = await ask(`app://namewright/${place}`);
      expect([place, response.status]).toEqual([place, 404]);
      expect(response.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
    }
    expect((await ask("app://elsewhere/index.html")).status).toBe(404);
    expect((await ask("app://namewright/", "POST")).status).toBe(405);
  });

  it("is registered before Electron is ready, as a separate secure origin", async () => {
    const names = standIn.recorder.calls.map(({ what }) => what);
    expect(names.filter((what) => what === "protocol.registerSchemesAsPrivileged")).toHaveLength(1);
    const [[schemes] = []] = standIn.recorder.of("protocol.registerSchemesAsPrivileged");
    expect(schemes).toEqual([
      {
        scheme: "app",
        privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
      },
    ]);
  });
});

describe("a port to a workspace", () => {
  const own = () => window.webContents.mainFrame;
  const request = (frame: StandInFrame | null, workspaceId: unknown) =>
    standIn.ipcMain.emit(
      "namewright:request-port",
      { sender: window.webContents, senderFrame: frame },
      workspaceId,
    );
  /** The next message that main posts to a frame. */
  const posted = (frame: StandInFrame) =>
    new Promise<unknown[]>((resolve) => {
      frame.onPosted = (channel, message, ports) => resolve([channel, message, ports.length]);
    });

  it("is given to the main frame of our page, once for two requests", async () => {
    const answer = posted(own());
    let answers = 0;
    own().onPosted = ((hear) => (channel: string, message: unknown, ports: readonly unknown[]) => {
      answers += 1;
      hear(channel, message, ports);
    })(own().onPosted);
    request(own(), null);
    request(own(), null);
    const workspaceId = expect.stringMatching(/^[0-9a-f]{12}$/);
    expect(await answer).toEqual(["namewright:port", { workspaceId }, 1]);
    const [second] = await Promise.all([posted(own()), request(own(), null)]);
    expect(second).toEqual(["namewright:port", { workspaceId }, 1]);
    expect(answers).toBe(1);
  });

  it("is not given to an iframe, another origin, a detached frame or another page's frame", async () => {
    const strangers = [
      new StandInFrame("app://namewright/", own()),
      new StandInFrame("app://namewright/"),
      new StandInFrame("https://example.com/"),
    ];
    const given: string[] = [];
    for (const frame of strangers) frame.onPosted = () => given.push(frame.url);
    const page = own();
    window.webContents.mainFrame = new StandInFrame("https://example.com/");
    window.webContents.mainFrame.onPosted = () => given.push("a page elsewhere");
    for (const frame of [...strangers, window.webContents.mainFrame, null]) request(frame, null);
    window.webContents.mainFrame = page;
    // The same request from our own page, made last, is answered last.
    const answer = posted(page);
    request(page, null);
    await answer;
    expect(given).toEqual([]);
  });

  it("returns the failure for an unknown workspace", async () => {
    const answer = posted(own());
    request(own(), "000000000000");
    expect(await answer).toMatchObject([
      "namewright:port",
      { workspaceId: "000000000000", failure: { code: "missing" } },
      0,
    ]);
  });
});
