import path from "node:path";
import { userDataFolder } from "../../services/environment/folders.mjs";
import type { PlatformPaths } from "../../services/platform.ts";
import type { Launch } from "./launch.ts";

/** The paths of the desktop: under the root in a clone, inside and beside the archive in a package. */
export interface DesktopPaths {
  readonly platform: PlatformPaths;
  /** Electron's profile (caches, local storage), inside our data folder. */
  readonly profile: string;
  readonly renderer: string;
  readonly preload: string;
  /** The folder of `inference.js`, `compute.js`, `figures.js`. */
  readonly workers: string;
  readonly icon: string;
  readonly log: string;
}

/** Returns the paths. `app` is the folder or archive with our package.json. */
export function desktopPaths(app: string, packaged: boolean, launch: Launch): DesktopPaths {
  const userData = userDataFolder(launch);
  const out = path.join(app, "out");
  const resources = packaged ? launch.resourcesPath : path.join(app, "resources");
  return {
    platform: {
      userData,
      resources,
      // Tests use a sample that doesn't change with the shipped one.
      sample: launch.env.NAMEWRIGHT_SAMPLE_DIR ?? (packaged ? path.join(resources, "sample") : app),
      embeddedBase: packaged
        ? path.join(resources, "tiny-mistral")
        : path.join(app, "models", "tiny-mistral"),
    },
    profile: path.join(userData, "desktop"),
    renderer: path.join(out, "renderer"),
    preload: path.join(out, "desktop", "preload.cjs"),
    workers: out,
    icon: path.join(resources, "icon", "icon.png"),
    log: path.join(userData, "logs", "desktop.log"),
  };
}
