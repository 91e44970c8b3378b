import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { userDataFolder } from "../../services/environment/folders.mjs";
import type { Platform, WorkerEntry } from "../../services/platform.ts";
import { dotenvSource, environmentSource, fromOutside } from "../../services/settings/outside.ts";
import { launchWorker } from "./launchWorker.ts";

/** The folder that holds package.json: two or three levels up, from the bundle or from the sources. */
export function packageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "package.json"))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error("the program's own folder holds no package.json");
    folder = parent;
  }
  return folder;
}

/** A worker's file: beside the bundle where we run from it, else its source, which Node runs as it is. */
function workerFile(root: string, entry: WorkerEntry): string {
  const bundled = path.join(root, "out", `${entry}.js`);
  const running = fileURLToPath(import.meta.url);
  if (running.startsWith(path.join(root, "out")) || entry === "figures") return bundled;
  return path.join(root, "electron", "workers", entry, "main.ts");
}

/** A host in plain Node: settings and keys from the environment, else from `.env`; workers as child processes. */
export function nodePlatform(name: "terminal" | "browser"): Platform {
  const root = packageRoot();
  const given = fromOutside([environmentSource(process.env), dotenvSource(process.cwd())]);
  return {
    name,
    paths: {
      userData: userDataFolder({ env: process.env, platform: process.platform, home: homedir() }),
      resources: path.join(root, "resources"),
      sample: root,
      embeddedBase: path.join(root, "models", "tiny-mistral"),
    },
    secrets: { get: async (variable) => given.setting(variable) ?? null },
    ...given,
    launchWorker: (entry) => launchWorker(workerFile(root, entry)),
  };
}
