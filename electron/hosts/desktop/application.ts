import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type Electron from "electron";
import { Failure } from "../../../shared/domain/failure.ts";
import type { HostService } from "../../services/host/hostService.ts";
import type { RunNotice } from "../../services/platform.ts";
import type { WorkspaceHub } from "../serving/workspaceHub.ts";
import { screenAddress } from "./appAddress.ts";
import type { DesktopDependencies } from "./dependencies.ts";
import { Dialogs } from "./dialogs.ts";
import { readOptions } from "./launch.ts";
import type { WorkerDeath } from "./launchWorker.ts";
import { MainWindow } from "./mainWindow.ts";
import { menuTemplate } from "./menu.ts";
import { openWorkspaces } from "./openWorkspaces.ts";
import { desktopPlatform } from "./platform.ts";
import { servePorts } from "./ports.ts";
import { askAboutRuns, QuitGuard } from "./quitGuard.ts";
import { RunDisplay } from "./runDisplay.ts";
import { listenToSystem } from "./systemEvents.ts";
import { BackgroundTray } from "./tray.ts";
import { WindowStateFile } from "./windowState.ts";

/** The running application: one window, its workspaces, the menu, the tray and system events. */
export class DesktopApplication {
  readonly #parts: DesktopDependencies;
  readonly #dialogs: Dialogs;
  readonly #window: MainWindow;
  readonly #display: RunDisplay;
  readonly #tray: BackgroundTray;
  readonly #quitGuard: QuitGuard;
  #hub: WorkspaceHub | null = null;
  #host: HostService | null = null;
  /** The page that the first window opens. */
  #first = "";

  constructor(parts: DesktopDependencies) {
    const { electron, paths, files, log } = parts;
    this.#parts = parts;
    this.#dialogs = new Dialogs(electron, () => this.#window.current);
    this.#window = new MainWindow(electron, {
      state: new WindowStateFile(files, paths.profile),
      preload: paths.preload,
      icon: paths.icon,
      devTools: !electron.app.isPackaged,
      log,
      dialogs: this.#dialogs,
      mayClose: () => this.#mayClose(),
    });
    this.#display = new RunDisplay(electron, {
      window: () => this.#window.current,
      onChosen: (run) => this.#reportErrors(() => this.#showRun(run)),
      onChange: () => {
        this.#tray.update(this.#display.activity);
        this.#reportErrors(() => this.#quitGuard.runsChanged());
      },
    });
    this.#tray = new BackgroundTray(electron, paths.icon);
    this.#quitGuard = this.#createQuitGuard();
  }

  /** Opens the window on the named workspace, otherwise on the last one, otherwise on a copy of the sample. */
  async open(named: string | null): Promise<Electron.BrowserWindow> {
    const { electron, log, launch } = this.#parts;
    const { hub, host, id } = await openWorkspaces(this.#parts, {
      named,
      platform: this.#platform(),
      pickFile: (purpose) => this.#dialogs.pick(purpose),
    });
    this.#host = host;
    this.#hub = hub;
    this.#first = screenAddress(id);
    servePorts(electron, hub, (error) => log.defect(error));
    // Prefetch while the window loads its page.
    hub.prefetch(() => setImmediate()).catch(() => {});
    listenToSystem(electron, launch, {
      mayQuit: () => this.#quitGuard.closed,
      leave: () => this.#leave(),
      stop: () => this.#reportErrors(() => this.#quitGuard.close()),
      showWindow: () => this.#reportErrors(() => this.#showWindow()),
      startedAgain: (argv, cwd) => this.#reportErrors(() => this.#showNamed(argv, cwd)),
    });
    return this.#window.show(this.#first);
  }

  /** Stops runs so that they can be resumed, and saves the window's position. */
  async close(): Promise<void> {
    await this.#window.keepPlace();
    this.#window.current?.hide();
    await this.#hub?.close();
    await this.#parts.log.settled();
  }

  menu(): Electron.MenuItemConstructorOptions[] {
    const { launch, electron } = this.#parts;
    return menuTemplate(
      { platform: launch.platform, devTools: !electron.app.isPackaged },
      {
        send: (command) => this.#window.send(command),
        openWorkspace: () => this.#reportErrors(() => this.#openWorkspace()),
        importCsv: () => this.#reportErrors(() => this.#importCsv()),
        quit: () => this.#leave(),
      },
    );
  }

  #platform() {
    const { electron, launch, paths, files, log } = this.#parts;
    return desktopPlatform({
      electron,
      files,
      paths,
      launch,
      packaged: electron.app.isPackaged,
      events: {
        onRun: (notice: RunNotice) => this.#display.hear(notice),
        onDeath: (death) => this.#onDeath(death),
        onOutput: (text) => log.write(text),
      },
    });
  }

  /** Reports a crashed worker. The service repeats the request on the next worker. */
  #onDeath({ entry, code }: WorkerDeath): void {
    this.#parts.log.write(`the ${entry} process exited unexpectedly with code ${code}`);
    this.#window.send({
      kind: "notice",
      title: `The ${entry} process crashed`,
      message: "Finished rows are saved. The process restarts when it is next needed.",
    });
  }

  #createQuitGuard(): QuitGuard {
    const { app } = this.#parts.electron;
    return new QuitGuard({
      live: () => this.#display.activity.live,
      ask: () => askAboutRuns(this.#dialogs, this.#display.activity.live),
      toBackground: () => {
        this.#window.current?.hide();
        this.#tray.show({
          open: () => this.#reportErrors(() => this.#showWindow()),
          quit: () => this.#leave(),
        });
        this.#tray.update(this.#display.activity);
      },
      fromBackground: () => this.#tray.hide(),
      close: () => this.close(),
      end: () => {
        this.#tray.hide();
        app.quit();
      },
    });
  }

  /** On macOS, closing the window keeps the program in the dock. On other systems it asks to quit. */
  #mayClose(): boolean {
    if (this.#quitGuard.closed || this.#parts.launch.platform === "darwin") return true;
    this.#leave();
    return false;
  }

  async #showWindow(): Promise<void> {
    this.#quitGuard.toForeground();
    await this.#window.show(this.#first);
  }

  async #showRun({ workspaceId, runId }: { workspaceId: string; runId: string }): Promise<void> {
    this.#quitGuard.toForeground();
    const place = `runs?run=${runId}`;
    await this.#window.lead({ kind: "show", workspaceId, place }, screenAddress(workspaceId, place));
  }

  async #openWorkspace(): Promise<void> {
    const folder = await this.#dialogs.pick("workspace");
    if (folder !== null) await this.#showWorkspace(folder);
  }

  async #showWorkspace(folder: string): Promise<void> {
    const opened = await this.#host?.openWorkspace(folder);
    if (opened === undefined) return;
    this.#quitGuard.toForeground();
    await this.#window.lead({ kind: "open-workspace", workspaceId: opened.id }, screenAddress(opened.id));
  }

  async #importCsv(): Promise<void> {
    const files = await this.#dialogs.pickCsvs();
    if (files.length > 0) this.#window.send({ kind: "import", files });
  }

  async #showNamed(argv: readonly string[], cwd: string): Promise<void> {
    const { workspace } = readOptions(argv);
    if (workspace === null) await this.#showWindow();
    else await this.#showWorkspace(path.resolve(cwd, workspace));
  }

  #leave(): void {
    this.#reportErrors(() => this.#quitGuard.request());
  }

  /** Runs an action that nothing awaits and shows its failure in a dialog. */
  #reportErrors(act: () => Promise<void>): void {
    act().catch(async (error: unknown) => {
      if (!(error instanceof Failure)) this.#parts.log.defect(error);
      await this.#dialogs.showError(error);
    });
  }
}
