import type { FileLayer } from "../../services/files/fileLayer.ts";
import type { ElectronApi } from "./electronApi.ts";
import type { Launch } from "./launch.ts";
import type { DesktopLog } from "./log.ts";
import type { DesktopPaths } from "./paths.ts";

/** The dependencies of the desktop application. */
export interface DesktopDependencies {
  readonly electron: ElectronApi;
  readonly launch: Launch;
  readonly paths: DesktopPaths;
  readonly files: FileLayer;
  readonly log: DesktopLog;
}
