import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { userDataFolder } from "../../services/environment/folders.mjs";
import type { Platform, WorkerEntry } from "../../services/platform.ts";
import { dotenvSource, environmentSource, fromOutside } from "../../services/settings/outside.ts";
import { launchWorker } from "./launchWorker.ts";

/** Returns the folder of package.json, which is above the bundle and the sources. */
export function packageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "package.json"))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error("couldn't find the package.json of Namewright");
    folder = parent;
  }
  return folder;
}

/** Returns a worker's file: beside the bundle if we run from it, otherwise the source, which Node runs directly. */
function workerFile(root: string, entry: WorkerEntry): string {
  const bundled = path.join(root, "out", `${entry}.js`);
  const running = fileURLToPath(import.meta.url);
  if (running.startsWith(path.join(root, "out")) || entry === "figures") return bundled;
  return path.join(root, "electron", "workers", entry, "main.ts");
}

/** Creates the platform of a Node host: settings and keys from the environment or `.env`, workers as child processes. */
export function nodePlatform(name: "terminal" | "browser"): Platform {
  const root = packageRoot();
  const given = fromOutside([environmentSource(process.env), dotenvSource(process.cwd())]);
  return {
    name,
    paths: {
      userData: userDataFolder({ env: process.env, platform: process.platform, home: homedir() }),
      resources: path.join(root, "resources"),
      // Tests use a sample that doesn't change with the shipped one.
      sample: process.env.NAMEWRIGHT_SAMPLE_DIR ?? root,
      embeddedBase: path.join(root, "models", "tiny-mistral"),
    },
    secrets: { get: async (variable) => given.setting(variable) ?? null },
    ...given,
    launchWorker: (entry) => launchWorker(workerFile(root, entry)),
  };
}
