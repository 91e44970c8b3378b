import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import type Electron from "electron";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { workspaceId } from "../../services/host/knownWorkspaces.ts";
import type { RunNotice } from "../../services/platform.ts";
import { createStandIn } from "../testing/fakeElectron/standIn.ts";
import { type Ground, makeGround, startOn } from "../testing/fakeElectron/started.ts";
import { StandInFrame } from "../testing/fakeElectron/windows.ts";
import { RunDisplay } from "./runDisplay.ts";

let ground: Ground;
beforeEach(async () => {
  ground = await makeGround();
});
afterEach(() => ground.remove());

/** An item of the menu by the labels that lead to it. */
function itemOf(menu: Electron.MenuItemConstructorOptions[], ...labels: string[]) {
  let items = menu;
  let found: Electron.MenuItemConstructorOptions | undefined;
  for (const label of labels) {
    found = items.find((item) => item.label === label);
    items = (found?.submenu ?? []) as Electron.MenuItemConstructorOptions[];
  }
  if (found === undefined) throw new Error(`the menu has no ${labels.join(" → ")}`);
  return found;
}
/** As a click does. */
const click = (item: Electron.MenuItemConstructorOptions) =>
  item.click?.({} as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent);
/** Every accelerator of a menu. */
const accelerators = (items: Electron.MenuItemConstructorOptions[]): string[] =>
  items.flatMap((item) => [
    ...(typeof item.accelerator === "string" ? [item.accelerator] : []),
    ...accelerators((item.submenu ?? []) as Electron.MenuItemConstructorOptions[]),
  ]);

describe("starting", () => {
  it("quits a second instance without opening a window", async () => {
    const { standIn } = await startOn(ground, { first: false });
    expect(standIn.windows).toEqual([]);
    expect(standIn.recorder.of("app.quit")).toHaveLength(1);
    expect(standIn.recorder.of("protocol.registerSchemesAsPrivileged")).toEqual([]);
  });

  it("opens the named workspace, otherwise the last one", async () => {
    const address = `app://namewright/w/${workspaceId(ground.workspace)}/overview`;
    const { standIn } = await startOn(ground);
    expect(standIn.recorder.of("window.loadURL")).toEqual([[address]]);
    expect(standIn.windows[0]?.visible).toBe(true);
    const again = await startOn(ground, { argv: ["namewright"] });
    expect(again.standIn.recorder.of("window.loadURL")).toEqual([[address]]);
  });

  it("shows an error if the named folder isn't a workspace", async () => {
    const { standIn } = await startOn(ground, { argv: ["namewright", "--workspace", ground.folder] });
    expect(standIn.recorder.of("dialog.showErrorBox")).toMatchObject([
      ["Namewright couldn't start", expect.stringContaining("workspace")],
    ]);
    expect(standIn.app.ended).toBe(1);
  });

  it("keeps Electron's profile in the data folder of the environment", async () => {
    const { standIn } = await startOn(ground);
    const profile = path.join(ground.folder, "user-data", "desktop");
    expect(standIn.recorder.of("app.setPath")).toEqual([["userData", profile]]);
  });

  it("with --smoke prints whether the first screen rendered and exits accordingly", async () => {
    const written: string[] = [];
    const write = vi
      .spyOn(process.stdout, "write")
      .mockImplementation((text) => written.push(String(text)) > 0);
    const argv = ["namewright", "--smoke", "--workspace", ground.workspace];
    const { standIn } = await startOn(ground, { argv });
    const absent = await startOn(ground, { argv: ["namewright", "--smoke", "--workspace", "absent"] });
    write.mockRestore();
    expect(standIn.app.ended).toBe(0);
    expect(absent.standIn.app.ended).toBe(1);
    expect(written).toEqual([
      "smoke: the first screen rendered: Overview\n",
      expect.stringMatching(/^smoke failed: .*isn't a workspace/),
    ]);
  });
});

describe("the window", () => {
  it("opens at its last position", async () => {
    const first = await startOn(ground);
    first.window.bounds = { x: 40, y: 50, width: 1200, height: 800 };
    first.window.maximized = true;
    first.window.close();
    await vi.waitFor(() => expect(first.standIn.app.ended).toBe(0));
    const { window } = await startOn(ground);
    expect(window.options).toMatchObject({ x: 40, y: 50, width: 1200, height: 800 });
    expect(window.maximized).toBe(true);
  });

  it("closes with the program on a system shutdown", async () => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
      const { standIn, signals } = await startOn(ground);
      signals.emit(signal);
      await vi.waitFor(() => expect(standIn.app.ended).toBe(0));
      expect(standIn.recorder.of("dialog.showMessageBox")).toEqual([]);
    }
    const { standIn } = await startOn(ground);
    standIn.powerMonitor.emit("shutdown");
    await vi.waitFor(() => expect(standIn.app.ended).toBe(0));
  });

  it("closes without quitting on macOS and reopens from the dock", async () => {
    const { standIn, window } = await startOn(ground, { launch: { platform: "darwin" } });
    // The page has gone on by itself.
    window.webContents.mainFrame = new StandInFrame("app://namewright/w/0123456789ab/train");
    window.close();
    expect(window.destroyed).toBe(true);
    expect(standIn.app.ended).toBeNull();
    standIn.app.emit("activate");
    await vi.waitFor(() => expect(standIn.windows).toHaveLength(2));
    expect(standIn.recorder.of("window.loadURL").at(-1)).toEqual(["app://namewright/w/0123456789ab/train"]);
    // Without a window the workspace that is asked for is what the next one opens on.
    standIn.windows[1]?.close();
    standIn.app.emit("second-instance", {}, ["namewright", "--workspace", ground.workspace], ground.folder);
    await vi.waitFor(() => expect(standIn.windows).toHaveLength(3));
    const named = `app://namewright/w/${workspaceId(ground.workspace)}/overview`;
    expect(standIn.recorder.of("window.loadURL").at(-1)).toEqual([named]);
    expect(standIn.recorder.of("contents.send")).toEqual([]);
    standIn.app.quit();
    await vi.waitFor(() => expect(standIn.app.ended).toBe(0));
  });

  it("comes to the front with the named workspace when a second instance starts", async () => {
    const { standIn, window } = await startOn(ground);
    window.visible = false;
    const other = await makeGround();
    standIn.app.emit("second-instance", {}, ["namewright", "--workspace", "study"], other.folder);
    await vi.waitFor(() =>
      expect(standIn.recorder.of("contents.send")).toEqual([
        ["namewright:command", { kind: "open-workspace", workspaceId: workspaceId(other.workspace) }],
      ]),
    );
    expect(window.visible).toBe(true);
    await other.remove();
  });

  it("reloads a crashed page, and asks after repeated crashes", async () => {
    const { standIn, window } = await startOn(ground);
    standIn.answers.messageBox.push(0);
    for (let crash = 0; crash < 3; crash += 1)
      window.webContents.emit("render-process-gone", {}, { reason: "crashed", exitCode: 5 });
    await vi.waitFor(() => expect(standIn.recorder.of("contents.reload")).toHaveLength(3));
    expect(standIn.recorder.of("dialog.showMessageBox")).toHaveLength(1);
    const log = path.join(ground.folder, "user-data", "logs", "desktop.log");
    await vi.waitFor(async () => expect(await readFile(log, "utf8")).toContain("crashed"));
  });
});

describe("the menu", () => {
  it("opens the eight screens and Settings, with unique shortcuts", async () => {
    const { standIn } = await startOn(ground);
    const menu = standIn.menu();
    for (const label of [
      "Overview",
      "Datasets",
      "Train",
      "Playground",
      "Evaluate",
      "Compare",
      "Runs",
      "Settings",
    ])
      click(itemOf(menu, "Go", label));
    click(itemOf(menu, "File", "Settings…"));
    click(itemOf(menu, "Go", "Command palette…"));
    const sent = standIn.recorder.of("contents.send").map(([, command]) => command);
    const places = [
      "overview",
      "datasets",
      "train",
      "playground",
      "evaluate",
      "compare",
      "runs",
      "settings",
      "settings",
    ];
    expect(sent).toEqual([...places.map((place) => ({ kind: "show", place })), { kind: "palette" }]);
    // Roles bring their own keys: these are Electron's for what our menu holds.
    const keys = [...accelerators(menu), "CmdOrCtrl+R", "CmdOrCtrl+Shift+I", "CmdOrCtrl+W", "CmdOrCtrl+M"];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(
      expect.arrayContaining(["CmdOrCtrl+O", "CmdOrCtrl+,", "CmdOrCtrl+Q", "CmdOrCtrl+1", "CmdOrCtrl+8"]),
    );
  });

  it("has an application menu on macOS, and no developer tools in a package", async () => {
    const labels = async (platform: NodeJS.Platform, packaged: boolean) => {
      const { standIn } = await startOn(ground, { packaged, launch: { platform } });
      return JSON.stringify(standIn.menu());
    };
    expect(await labels("darwin", true)).toContain('"role":"hideOthers"');
    expect(await labels("linux", true)).not.toContain("toggleDevTools");
    expect(await labels("linux", false)).toContain("toggleDevTools");
  });

  it("imports selected files, and opens a workspace or shows the error", async () => {
    const { standIn } = await startOn(ground);
    const other = await makeGround();
    standIn.answers.openDialog.push(["/a.csv", "/b.csv"], [other.workspace], [other.folder], []);
    click(itemOf(standIn.menu(), "File", "Import CSV…"));
    const sent = () => standIn.recorder.of("contents.send").map(([, command]) => command);
    await vi.waitFor(() => expect(sent()).toEqual([{ kind: "import", files: ["/a.csv", "/b.csv"] }]));
    click(itemOf(standIn.menu(), "File", "Open workspace…"));
    const opened = { kind: "open-workspace", workspaceId: workspaceId(other.workspace) };
    await vi.waitFor(() => expect(sent().at(-1)).toEqual(opened));
    click(itemOf(standIn.menu(), "File", "Open workspace…"));
    await vi.waitFor(() =>
      expect(standIn.recorder.of("dialog.showMessageBox")).toMatchObject([
        [{ type: "error", message: expect.stringContaining("a workspace") }],
      ]),
    );
    click(itemOf(standIn.menu(), "File", "Import CSV…"));
    await vi.waitFor(() => expect(standIn.recorder.of("dialog.showOpenDialog")).toHaveLength(4));
    expect(sent()).toHaveLength(2);
    await other.remove();
  });
});

describe("runs, outside the window", () => {
  const notice = (status: RunNotice["run"]["status"], done?: number, held = true): RunNotice => ({
    workspace: "/study",
    held,
    run: {
      id: "r1",
      kind: "training",
      title: "train v2",
      status,
      reason: status === "failed" ? "no memory" : null,
      progress: done === undefined ? null : { done, total: 4, unit: "steps", etaSeconds: null },
    },
  });

  function display() {
    const standIn = createStandIn({ app: "/nowhere" });
    const window = new standIn.electron.BrowserWindow({});
    const chosen: unknown[] = [];
    const shown = new RunDisplay(standIn.electron, {
      window: () => window,
      onChosen: (run) => chosen.push(run),
      onChange: () => {},
    });
    return { standIn, shown, chosen, window: standIn.windows[0] };
  }

  it("show progress on the taskbar and keep the machine awake until they end", () => {
    const { standIn, shown } = display();
    for (const one of [notice("queued"), notice("running", 1), notice("running", 3)]) shown.hear(one);
    expect(standIn.blockers.size).toBe(1);
    expect(standIn.recorder.of("powerSaveBlocker.start")).toEqual([["prevent-app-suspension"]]);
    shown.hear(notice("paused", 3));
    expect(standIn.blockers.size).toBe(0);
    shown.hear(notice("running", 4));
    shown.hear(notice("succeeded", 4));
    shown.hear(notice("succeeded", 4, false));
    expect(standIn.blockers.size).toBe(0);
    expect(standIn.recorder.of("window.setProgressBar").flat()).toEqual([0, 0.25, 0.75, 0.75, 1, 1, -1]);
  });

  it("show a notification while the window isn't focused, and a click opens the run", () => {
    const { standIn, shown, chosen, window } = display();
    window?.show();
    const end = (status: RunNotice["run"]["status"]) => {
      shown.hear(notice(status));
      shown.hear(notice(status, undefined, false));
    };
    end("succeeded");
    expect(standIn.notifications).toEqual([]);
    window?.hide();
    end("cancelled");
    end("succeeded");
    end("failed");
    expect(standIn.notifications.map(({ options }) => options)).toEqual([
      { title: "Run finished", body: "train v2" },
      { title: "Run failed", body: "train v2: no memory" },
    ]);
    standIn.notifications[1]?.emit("click");
    expect(chosen).toEqual([{ workspaceId: workspaceId("/study"), runId: "r1" }]);
  });

  it("don't keep the machine awake or prompt when paused at a checkpoint", () => {
    const { standIn, shown } = display();
    shown.hear(notice("running", 2));
    shown.hear(notice("paused", 2));
    shown.hear(notice("paused", 2, false));
    expect(shown.activity.live).toEqual([]);
    expect(standIn.blockers.size).toBe(0);
    expect(standIn.notifications).toEqual([]);
  });

  it("combine their progress", () => {
    const { standIn, shown } = display();
    shown.hear(notice("running", 2));
    shown.hear({ ...notice("running"), run: { ...notice("running").run, id: "r2" } });
    expect(standIn.recorder.of("window.setProgressBar").flat()).toEqual([0.5, 0.25]);
  });
});

it("log starts a new file at the size limit and keeps the previous one", async () => {
  const { DesktopLog } = await import("./log.ts");
  const { createFileLayer } = await import("../../services/files/fileLayer.ts");
  const file = path.join(ground.folder, "logs", "desktop.log");
  const files = createFileLayer();
  await files.writeAtomic(file, "x".repeat(1024 * 1024));
  const log = new DesktopLog(files, file);
  log.write("a new day");
  await log.settled();
  expect(await readFile(file, "utf8")).toMatch(/^\S+ a new day\n$/);
  expect((await readFile(`${file}.1`, "utf8")).length).toBe(1024 * 1024);
  await rm(file);
});
