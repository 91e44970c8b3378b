import { constants } from "node:fs";
import { open, readlink, realpath } from "node:fs/promises";
import path from "node:path";

/** An open folder that stays the same even if its path changes. */
export interface HeldFolder {
  /** Its real path when it was opened, without links. */
  readonly real: string;
  /** Returns the path for an operation on `name` in this folder. */
  at(name: string): string;
  /** Whether operations through `at` happened in the real folder. */
  unmoved(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens a folder. On Linux, a path below /proc/self/fd leads into the open folder even if its own path has become a
 * link, so there is no gap between check and use. Other systems have no such path: they use the folder's real path, and
 * `unmoved` checks it afterwards, which detects all links except a swap back and forth within microseconds.
 */
export async function holdFolder(folder: string, opened = "/proc/self/fd"): Promise<HeldFolder> {
  if (process.platform === "linux") {
    const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NONBLOCK);
    const place = `${opened}/${handle.fd}`;
    const real = await readlink(place).catch(() => null);
    if (real !== null) {
      return {
        real,
        at: (name) => `${place}/${name}`,
        unmoved: async () => true,
        close: () => handle.close(),
      };
    }
    // /proc isn't available.
    await handle.close();
  }
  const real = await realpath(folder);
  return {
    real,
    at: (name) => path.join(real, name),
    unmoved: async () => (await realpath(folder).catch(() => null)) === real,
    close: async () => {},
  };
}
