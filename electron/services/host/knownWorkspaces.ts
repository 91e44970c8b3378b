import { createHash } from "node:crypto";
import path from "node:path";
import { z } from "zod";
import type { KnownWorkspace } from "../../../shared/schema/host.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { unlessAbsent } from "../files/primitives.ts";
import { configFile } from "../workspace/workspace.ts";
import { withWriteLock } from "../workspace/writeLock.ts";

/** The maximum number of remembered workspaces. */
const most = 30;

const RememberedSchema = z.array(
  z.strictObject({ folder: z.string(), name: z.string(), openedAt: z.string() }),
);
type Remembered = z.infer<typeof RememberedSchema>;

/** Returns a workspace's ID in URLs: the first 12 hex digits of the sha256 of its absolute path. */
export function workspaceId(folder: string): string {
  return createHash("sha256").update(path.resolve(folder)).digest("hex").slice(0, 12);
}

/** The workspaces that were opened on this machine, stored in the user's data folder. */
export interface KnownWorkspaces {
  /** Returns the workspaces, most recently used first. */
  list(): Promise<KnownWorkspace[]>;
  /** Returns the folder of a known workspace, or null. */
  folderOf(id: string): Promise<string | null>;
  remember(folder: string, name: string): Promise<string>;
}

/**
 * Treats an absent or invalid list as empty, since it only saves choosing folders again. An unreadable list is a
 * `Failure`, so that it isn't overwritten.
 */
export function createKnownWorkspaces(files: FileLayer, userData: string, now: () => Date): KnownWorkspaces {
  const file = path.join(userData, "workspaces.json");

  async function read(): Promise<Remembered> {
    const text = await unlessAbsent(files.readText(file), "[]");
    try {
      return RememberedSchema.parse(JSON.parse(text));
    } catch {
      return [];
    }
  }
  /** Changes the list under a lock, because two windows or hosts may change it at once. */
  function change(by: (all: Remembered) => Remembered): Promise<void> {
    return withWriteLock(files, `${file}.lock`, "remember a workspace", async () => {
      const all = by(await read()).slice(0, most);
      await files.writeAtomic(file, `${JSON.stringify(all, null, 2)}\n`);
    });
  }
  return {
    async list() {
      const all = await read();
      return Promise.all(
        all.map(async (one) => ({
          ...one,
          id: workspaceId(one.folder),
          gone: !(await files.exists(path.join(one.folder, configFile)).catch(() => false)),
        })),
      );
    },
    folderOf: async (id) => (await read()).find(({ folder }) => workspaceId(folder) === id)?.folder ?? null,
    async remember(folder, name) {
      const at = path.resolve(folder);
      const entry = { folder: at, name, openedAt: now().toISOString() };
      await change((all) => [entry, ...all.filter((one) => one.folder !== at)]);
      return workspaceId(at);
    },
  };
}
