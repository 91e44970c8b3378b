import { mkdirSync } from "node:fs";
import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { createFileLayer } from "../../services/files/fileLayer.ts";
import { DesktopApplication } from "./application.ts";
import { registerAppScheme, serveRenderer } from "./appProtocol.ts";
import type { ElectronApi } from "./electronApi.ts";
import { type Launch, readOptions } from "./launch.ts";
import { DesktopLog } from "./log.ts";
import { desktopPaths } from "./paths.ts";
import { guardContents, guardSession } from "./security.ts";
import { smoke } from "./smoke.ts";

/**
 * Starts the desktop: the single instance, its protocol and its guards, then the window. Everything that Electron
 * requires before it is ready happens before the first `await`.
 */
export async function startDesktop(electron: ElectronApi, launch: Launch): Promise<void> {
  const { app, session, Menu, dialog } = electron;
  const options = readOptions(launch.argv);
  const paths = desktopPaths(app.getAppPath(), app.isPackaged, launch);
  // Synchronous, without the file layer: Electron requires an existing folder before it is ready.
  mkdirSync(paths.profile, { recursive: true });
  app.setPath("userData", paths.profile);
  app.setAppUserModelId("namewright.desktop");
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.enableSandbox();
  registerAppScheme(electron);
  guardContents(electron);
  await app.whenReady();

  guardSession(session.defaultSession);
  serveRenderer(electron, paths.renderer);
  const files = createFileLayer();
  const log = new DesktopLog(files, paths.log);
  const application = new DesktopApplication({ electron, launch, paths, files, log });
  Menu.setApplicationMenu(Menu.buildFromTemplate(application.menu()));
  try {
    const named = options.workspace === null ? null : path.resolve(launch.cwd, options.workspace);
    const window = await application.open(named);
    if (!options.smoke) return;
    const { passed, line } = await smoke(window);
    process.stdout.write(`${passed ? "smoke: " : "smoke failed: "}${line}\n`);
    await application.close();
    app.exit(passed ? 0 : 1);
  } catch (error) {
    log.defect(error);
    await log.settled();
    const hint = error instanceof Failure ? (error.hint ?? "") : `See the log: ${paths.log}`;
    if (options.smoke) process.stdout.write(`smoke failed: ${String(error)}\n`);
    else dialog.showErrorBox("Namewright couldn't start", `${(error as Error).message}\n${hint}`);
    app.exit(1);
  }
}
