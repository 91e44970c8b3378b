import type { ElectronApi } from "./electronApi.ts";
import type { Launch } from "./launch.ts";

export interface SystemActions {
  /** Returns whether everything has stopped. */
  mayQuit(): boolean;
  /** Handles a request to quit. */
  leave(): void;
  /** Stops without asking the user. */
  stop(): void;
  showWindow(): void;
  startedAgain(argv: readonly string[], cwd: string): void;
}

/** Handles system events: quit, a second start and shutdown. */
export function listenToSystem(
  { app, powerMonitor }: Pick<ElectronApi, "app" | "powerMonitor">,
  { platform, signals }: Pick<Launch, "platform" | "signals">,
  actions: SystemActions,
): void {
  app.on("before-quit", (event) => {
    if (actions.mayQuit()) return;
    event.preventDefault();
    actions.leave();
  });
  app.on("window-all-closed", () => {
    if (platform !== "darwin") app.quit();
  });
  app.on("activate", () => actions.showWindow());
  app.on("second-instance", (_event, argv, cwd) => actions.startedAgain(argv, cwd));
  powerMonitor.on("shutdown", () => actions.stop());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) signals.once(signal, () => actions.stop());
}
