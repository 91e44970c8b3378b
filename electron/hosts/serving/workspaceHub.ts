import path from "node:path";
import { createRouterClient } from "@orpc/server";
import { Failure, failureDetail } from "../../../shared/domain/failure.ts";
import { hostRouter } from "../../router/host.ts";
import { createRouter } from "../../router/index.ts";
import type { FileLayer } from "../../services/files/fileLayer.ts";
import { realPlace } from "../../services/files/guardedPrimitives.ts";
import type { HostService } from "../../services/host/hostService.ts";
import { type KnownWorkspaces, workspaceId } from "../../services/host/knownWorkspaces.ts";
import type { Platform } from "../../services/platform.ts";
import { createServices, type Services } from "../../services/services.ts";
import { openWorkspace } from "../../services/workspace/workspace.ts";

/** One open workspace: its services, and the router of the whole contract over them. */
export interface OpenWorkspace {
  readonly id: string;
  readonly services: Services;
  readonly router: ReturnType<typeof servedRouter>;
}

function servedRouter(services: Services, host: HostService, id: string) {
  return { ...createRouter(services), host: hostRouter(host, id) };
}

/** Returns what recovery did. If recovery fails (`runs` isn't a folder, a disk error), the workspace still opens. */
async function recovered({ workspaces }: Services): Promise<string[]> {
  try {
    return await workspaces.recover();
  } catch (error) {
    return [`Couldn't check for leftovers of an earlier process: ${failureDetail(error).message}`];
  }
}

/** The open workspaces of a host with windows. Each stays open, with its runs, until the host ends. */
export interface WorkspaceHub {
  /** The id of the default workspace, for connections that name none. */
  readonly first: string;
  /** Opens a known workspace, once. Throws `Failure` `missing` if it is unknown or was deleted. */
  open(id: string): Promise<OpenWorkspace>;
  /**
   * Opens the first workspace and prefetches the data of its first screen while that screen loads. Awaits `whenIdle`
   * before each step. Errors are ignored: the page that requests the data reports them.
   */
  prefetch(whenIdle: () => Promise<void>): Promise<void>;
  /** Returns the folders of the workspaces known to this process. */
  folders(): readonly string[];
  opened(): readonly OpenWorkspace[];
  /** Stops all runs so that they can be resumed, and all workers. */
  close(): Promise<void>;
}

export interface HubDependencies {
  readonly platform: Platform;
  readonly files: FileLayer;
  readonly known: KnownWorkspaces;
  readonly host: HostService;
  /** The folder of the first workspace, with links resolved. */
  readonly folder: string;
  /** Receives one line per recovery action when a workspace is opened. */
  onRecovered(line: string): void;
}

async function openServices(dependencies: HubDependencies, folder: string): Promise<OpenWorkspace> {
  const { platform, files, host, onRecovered } = dependencies;
  const id = workspaceId(folder);
  const isSample = folder === (await realPlace(platform.paths.sample));
  const workspace = await openWorkspace(files, folder, isSample).catch((cause: unknown) => {
    if (cause instanceof Failure) throw cause;
    throw new Failure("missing", `the workspace in ${folder} is gone`, {
      hint: "Open another workspace, or restore the folder.",
      cause,
    });
  });
  const services = createServices({ platform, files, workspace });
  if (!workspace.sample) for (const line of await recovered(services)) onRecovered(line);
  return { id, services, router: servedRouter(services, host, id) };
}

async function prefetchFirstScreen({ router }: OpenWorkspace, whenIdle: () => Promise<void>): Promise<void> {
  const client = createRouterClient(router, { context: {} });
  const questions = [
    client.workspace.info,
    client.host.workspaces,
    client.settings.get,
    client.run.list,
    client.workspace.overview,
  ];
  for (const ask of questions) {
    await whenIdle();
    await ask().catch(() => {});
  }
}

export function createWorkspaceHub(dependencies: HubDependencies): WorkspaceHub {
  const { known } = dependencies;
  /** By folder, with links resolved. */
  const open = new Map<string, Promise<OpenWorkspace>>();
  const ready: OpenWorkspace[] = [];
  const folders = [path.resolve(dependencies.folder)];

  async function openAllowed(folder: string): Promise<OpenWorkspace> {
    if (folders.includes(folder)) return openFolder(folder);
    // Before the folder is read: the guard of the file layer checks this list.
    folders.push(folder);
    try {
      return await openFolder(folder);
    } catch (error) {
      folders.splice(folders.indexOf(folder), 1);
      throw error;
    }
  }

  async function openFolder(folder: string): Promise<OpenWorkspace> {
    const opened = await openServices(dependencies, folder);
    ready.push(opened);
    return opened;
  }

  async function folderOf(id: string): Promise<string> {
    const own = folders.find((folder) => workspaceId(folder) === id) ?? (await known.folderOf(id));
    if (own !== null && own !== undefined) return own;
    throw new Failure("missing", `unknown workspace ${id}`, { hint: "Open its folder again." });
  }

  async function openOnce(id: string): Promise<OpenWorkspace> {
    // A workspace remembered by a link is the same as the link's target.
    const folder = await realPlace(await folderOf(id));
    let opening = open.get(folder);
    if (opening === undefined) {
      opening = openAllowed(folder);
      open.set(folder, opening);
      opening.catch(() => open.delete(folder));
    }
    return opening;
  }

  const first = workspaceId(dependencies.folder);
  return {
    first,
    open: openOnce,
    async prefetch(whenIdle) {
      await whenIdle();
      await prefetchFirstScreen(await openOnce(first), whenIdle);
    },
    folders: () => folders,
    opened: () => ready,
    async close() {
      await Promise.all(ready.map(({ services }) => services.close()));
    },
  };
}
