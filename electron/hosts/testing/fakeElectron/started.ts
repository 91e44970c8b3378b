import { EventEmitter } from "node:events";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createFileLayer } from "../../../services/files/fileLayer.ts";
import { initWorkspace } from "../../../services/workspace/workspace.ts";
import { startDesktop } from "../../desktop/desktop.ts";
import type { Launch } from "../../desktop/launch.ts";
import type { StandInOptions } from "./options.ts";
import { createStandIn } from "./standIn.ts";
import type { StandInWindow } from "./windows.ts";

/** Creates an application folder with a renderer of three files and an empty workspace, without data of this machine's user. */
export async function makeGround() {
  // Workspaces are identified by their real path, and the temporary folder may be a link.
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "namewright-desktop-")));
  const app = path.join(folder, "app");
  const renderer = path.join(app, "out", "renderer");
  await mkdir(path.join(renderer, "assets"), { recursive: true });
  await writeFile(path.join(renderer, "index.html"), "<title>Namewright</title>");
  await writeFile(path.join(renderer, "assets", "index.js"), "export {};");
  await writeFile(path.join(app, "package.json"), "{}");
  const workspace = path.join(folder, "study");
  await initWorkspace(createFileLayer(), workspace, { name: "study" });
  return { folder, app, renderer, workspace, remove: () => rm(folder, { recursive: true, force: true }) };
}
export type Ground = Awaited<ReturnType<typeof makeGround>>;

/** Starts the desktop from its sources on the fake. `window` is undefined if none was opened. */
export async function startOn(
  ground: Ground,
  {
    argv,
    launch,
    ...options
  }: Partial<StandInOptions> & { argv?: readonly string[]; launch?: Partial<Launch> } = {},
) {
  const signals = new EventEmitter();
  const standIn = createStandIn({
    app: ground.app,
    documents: path.join(ground.folder, "home"),
    ...options,
  });
  standIn.app.becomeReady();
  await startDesktop(standIn.electron, {
    argv: argv ?? ["namewright", "--workspace", ground.workspace],
    env: { NAMEWRIGHT_DATA_DIR: path.join(ground.folder, "user-data") },
    platform: "linux",
    home: path.join(ground.folder, "home"),
    cwd: ground.folder,
    resourcesPath: path.join(ground.folder, "resources"),
    signals: signals as unknown as Launch["signals"],
    ...launch,
  });
  return { standIn, signals, window: standIn.windows[0] as StandInWindow };
}
