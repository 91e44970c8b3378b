import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type {
  BrowsedFolder,
  HostInfo,
  KnownWorkspace,
  NewWorkspace,
  PickPurpose,
} from "../../../shared/schema/host.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { realPlace } from "../files/guardedPrimitives.ts";
import type { PlatformPaths } from "../platform.ts";
import { initWorkspace, openWorkspace } from "../workspace/workspace.ts";
import { browseFolder } from "./folderBrowser.ts";
import type { KnownWorkspaces } from "./knownWorkspaces.ts";
import { copySample } from "./sampleCopy.ts";

/** Operations of the program itself, outside a workspace. */
export interface HostService {
  info(workspaceId: string): HostInfo;
  workspaces(): Promise<KnownWorkspace[]>;
  openWorkspace(folder: string): Promise<{ id: string }>;
  createWorkspace(request: NewWorkspace): Promise<{ id: string }>;
  pick(purpose: PickPurpose): Promise<{ path: string | null }>;
  browse(request: { folder: string | null; purpose: PickPurpose }): Promise<BrowsedFolder>;
}

export interface HostDependencies {
  readonly files: FileLayer;
  readonly paths: PlatformPaths;
  readonly known: KnownWorkspaces;
  readonly about: Pick<HostInfo, "host" | "version" | "platform">;
  /** Folders that may be browsed, starting with the first. */
  roots(): readonly string[];
  /**
   * Runs `make` with write access to `folder`, where the user wants a new workspace. Omitted if the host may write
   * anywhere. Throws `Failure` `bad-value` when workspaces aren't allowed there.
   */
  admitting?<T>(folder: string, make: () => Promise<T>): Promise<T>;
  /** Opens the host's native dialog; omitted if it has none. */
  readonly pickFile?: (purpose: PickPurpose) => Promise<string | null>;
}

const disk = {
  async entries(folder: string) {
    const names = await readdir(folder, { withFileTypes: true });
    const looked = names.map(async (entry) => {
      // Dangling links and inaccessible targets are skipped.
      const found = await stat(path.join(folder, entry.name)).catch(() => null);
      return found && { name: entry.name, folder: found.isDirectory(), bytes: found.size };
    });
    return (await Promise.all(looked)).filter((one) => one !== null);
  },
};

export function createHostService(dependencies: HostDependencies): HostService {
  const { files, paths, known, about, roots, pickFile } = dependencies;
  const admitting = dependencies.admitting ?? ((_folder, make) => make());

  async function remembered(given: string): Promise<{ id: string }> {
    // The real path avoids opening one workspace under two names, which would treat each other's locks as stale.
    const folder = await realPlace(given);
    const { config } = await openWorkspace(files, folder, false).catch((cause: unknown) => {
      if (cause instanceof Failure) throw cause;
      throw new Failure("missing", `${given} is not a workspace: it has no namewright.json`, {
        hint: "Choose a folder that has one, or create a new workspace.",
        cause,
      });
    });
    return { id: await known.remember(folder, config.name) };
  }
  return {
    info: (workspaceId) => ({
      ...about,
      workspaceId,
      nativeDialogs: pickFile !== undefined,
      roots: [...roots()],
    }),
    workspaces: () => known.list(),
    openWorkspace: (folder) => remembered(folder),
    async createWorkspace({ folder, name, from }) {
      const place = path.resolve(folder);
      const named = name === undefined ? {} : { name };
      return admitting(place, async () => {
        if (from === "sample") await copySample(files, paths.sample, place, name);
        else
          await initWorkspace(files, place, {
            ...named,
            ...(from === "dataset" ? { fromSample: paths.sample } : {}),
          });
        return remembered(place);
      });
    },
    async pick(purpose) {
      if (pickFile === undefined)
        throw new Failure("usage", "native dialogs aren't available here", {
          hint: "Browse the folders instead.",
        });
      return { path: await pickFile(purpose) };
    },
    browse: (request) => browseFolder(files, disk, roots(), request),
  };
}
