import { constants } from "node:fs";
import { open, readlink, realpath } from "node:fs/promises";
import path from "node:path";

/** A folder that is in hand, whatever becomes of its path. */
export interface HeldFolder {
  /** Its real path when it was taken, without links. */
  readonly real: string;
  /** Where `name` in this folder is reached for an operation. */
  at(name: string): string;
  /** Whether what was done by `at` was done in the real folder. */
  unmoved(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Holds a folder. Linux shows an open folder under /proc/self/fd, and a path that begins there leads into that folder
 * even when its own path has become a link meanwhile: nothing can come between the look and the use. Other systems
 * have no such path. There the folder is used by its real path, and `unmoved` looks again afterwards, which finds every
 * link that was there before and all but a swap to and fro within microseconds.
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
    // No /proc here.
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
