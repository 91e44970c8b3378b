import path from "node:path";
import type { FileLayer } from "../../services/files/fileLayer.ts";
import type { Platform } from "../../services/platform.ts";
import { dotenvSource, environmentSource, fromOutside } from "../../services/settings/outside.ts";
import type { ElectronApi } from "./electronApi.ts";
import type { Launch } from "./launch.ts";
import { type WorkerDeath, workerLauncher } from "./launchWorker.ts";
import type { DesktopPaths } from "./paths.ts";
import { keptSecrets } from "./secrets.ts";

/** Creates the desktop's platform: keys in the system's key store, workers as utility processes. */
export function desktopPlatform({
  electron,
  files,
  paths,
  launch,
  packaged,
  events,
}: {
  electron: Pick<ElectronApi, "safeStorage" | "utilityProcess">;
  files: FileLayer;
  paths: DesktopPaths;
  launch: Launch;
  packaged: boolean;
  events: {
    onRun: NonNullable<Platform["onRun"]>;
    onDeath(death: WorkerDeath): void;
    onOutput(text: string): void;
  };
}): Platform {
  // In a clone, the current folder holds the developer's `.env`. A package can be started from any folder.
  const dotenv = packaged ? [] : [dotenvSource(launch.cwd)];
  const given = fromOutside([environmentSource(launch.env), ...dotenv]);
  return {
    name: "desktop",
    paths: paths.platform,
    secrets: keptSecrets({
      safeStorage: electron.safeStorage,
      files,
      file: path.join(paths.profile, "keys.json"),
      platform: launch.platform,
      otherwise: (name) => given.setting(name) ?? null,
    }),
    ...given,
    launchWorker: workerLauncher(electron, paths.workers, events),
    onRun: events.onRun,
  };
}
