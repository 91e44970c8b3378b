import path from "node:path";
import { realPlace } from "../../services/files/guardedPrimitives.ts";
import { createHostService, type HostDependencies } from "../../services/host/hostService.ts";
import { createKnownWorkspaces } from "../../services/host/knownWorkspaces.ts";
import type { Platform } from "../../services/platform.ts";
import { createWorkspaceHub } from "../serving/workspaceHub.ts";
import type { DesktopDependencies } from "./dependencies.ts";
import { firstWorkspace } from "./firstWorkspace.ts";

/** Opens the workspaces of the window, starting with the named one, the last one or a copy of the sample. */
export async function openWorkspaces(
  { electron: { app }, launch, paths, files, log }: DesktopDependencies,
  {
    named,
    platform,
    pickFile,
  }: {
    named: string | null;
    platform: Platform;
    pickFile: NonNullable<HostDependencies["pickFile"]>;
  },
) {
  const known = createKnownWorkspaces(files, paths.platform.userData, () => new Date());
  // In a package, the sample copy belongs to the user's documents. In a clone, it stays inside the clone.
  const sampleCopy = app.isPackaged
    ? path.join(app.getPath("documents"), "Namewright")
    : path.join(app.getAppPath(), ".sample");
  const { sample } = paths.platform;
  const folder = await realPlace(await firstWorkspace({ files, known, named, sample, sampleCopy }));
  const host = createHostService({
    files,
    paths: paths.platform,
    known,
    about: { host: "desktop", version: app.getVersion(), platform: launch.platform },
    roots: () => [launch.home],
    pickFile,
  });
  const { id } = await host.openWorkspace(folder);
  const onRecovered = (line: string) => log.write(line);
  return { id, host, hub: createWorkspaceHub({ platform, files, known, host, folder, onRecovered }) };
}
