import type { ElectronApi } from "./electronApi.ts";
import type { Launch } from "./launch.ts";

export interface SystemActions {
  /** Whether everything is stopped already. */
  mayQuit(): boolean;
  /** Somebody wants to quit. */
  leave(): void;
  /** There is nobody to ask. */
  stop(): void;
  comeBack(): void;
  startedAgain(argv: readonly string[], cwd: string): void;
}

/** What comes from the system: wanting to quit, being started again, going down. */
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
  app.on("activate", () => actions.comeBack());
  app.on("second-instance", (_event, argv, cwd) => actions.startedAgain(argv, cwd));
  powerMonitor.on("shutdown", () => actions.stop());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) signals.once(signal, () => actions.stop());
}
