import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { isWithin } from "./guardedPrimitives.ts";
import type { HeldFolder } from "./heldFolder.ts";
import type { Primitives } from "./primitives.ts";

/** A workspace's folder that writes are confined to. */
interface Root {
  /** As it was opened; links may lead to it. */
  readonly folder: string;
  readonly real: string;
  /** A file that is in the folder for as long as it is the workspace; null while it is being made one. */
  readonly marker: string | null;
}

/** A path below a root, with its part relative to the root. */
interface Inside {
  readonly root: Root;
  readonly relative: string;
}

/** File systems of Windows and macOS accept several spellings of a name. */
const spelled =
  process.platform === "linux"
    ? (name: string) => name
    : (name: string) => name.normalize("NFC").toLowerCase();

/**
 * Confines writes to the folders of open workspaces. A workspace may be untrusted and contain links that lead anywhere.
 * Below its folder, a write is refused when any part of the path is a link, so that nothing is written outside. Links
 * above the folder belong to the user and are followed.
 */
export class Confinement {
  readonly #disk: Primitives;
  readonly #roots = new Map<string, Root>();

  constructor(disk: Primitives) {
    this.#disk = disk;
  }

  /** Confines writes below `folder` from now on. The folder must exist. */
  async add(folder: string, marker: string | null): Promise<void> {
    const place = path.resolve(folder);
    const held = await this.#disk.holdFolder(place);
    await held.close();
    this.#roots.set(place, { folder: place, real: held.real, marker });
  }

  /** Throws `Failure` when the folder is a workspace's root, which must not be created again after it is gone. */
  assertNotRoot(folder: string): void {
    const root = this.#roots.get(path.resolve(folder));
    if (root !== undefined) throw gone(root);
  }

  /** Returns the innermost root that contains a path. */
  #inside(file: string): Inside | null {
    const place = path.resolve(file);
    let found: Inside | null = null;
    for (const root of this.#roots.values()) {
      for (const name of [root.folder, root.real]) {
        if (place === name || !isWithin(name, place)) continue;
        const relative = path.relative(name, place);
        if (found === null || relative.length < found.relative.length) found = { root, relative };
      }
    }
    return found;
  }

  /** Opens the folder that contains the path. Throws `Failure` when a part of the path is a link. */
  async #hold({ root, relative }: Inside): Promise<HeldFolder> {
    const parent = path.dirname(relative);
    const held = await this.#disk.holdFolder(path.join(root.folder, parent));
    if (spelled(held.real) === spelled(path.join(root.real, parent))) return held;
    await held.close();
    throw (await this.#linkOnTheWay(root, parent)) ?? gone(root);
  }

  async #linkOnTheWay(root: Root, relative: string): Promise<Failure | null> {
    let way = "";
    for (const name of relative.split(path.sep)) {
      way = path.join(way, name);
      const target = await this.#disk.linkTarget(path.join(root.folder, way));
      if (target !== null) return linked(root, way, target);
    }
    return null;
  }

  /** Runs an operation on the path's real location. A path outside all roots is used as given. */
  async #at<Value>(file: string, operation: (place: string) => Promise<Value>): Promise<Value> {
    const inside = this.#inside(file);
    if (inside === null) return operation(file);
    const held = await this.#hold(inside);
    try {
      return await operation(held.at(path.basename(inside.relative)));
    } finally {
      await held.close();
    }
  }

  /** Like `#at`, for files that are opened for writing: verifies the location before anything is written. */
  async #opened<File extends { close(): Promise<void> }>(
    file: string,
    opening: (place: string, inside: Inside | null) => Promise<File>,
  ): Promise<File> {
    const inside = this.#inside(file);
    if (inside === null) return opening(file, null);
    const held = await this.#hold(inside);
    try {
      const opened = await opening(held.at(path.basename(inside.relative)), inside);
      if (await held.unmoved()) return opened;
      await opened.close();
      throw (await this.#linkOnTheWay(inside.root, path.dirname(inside.relative))) ?? gone(inside.root);
    } finally {
      await held.close();
    }
  }

  /** Throws `Failure` when a path is in a workspace that no longer exists. */
  refuseGone(file: string): Promise<void> {
    return this.#refuseGone(this.#inside(file));
  }

  async #refuseGone(inside: Inside | null): Promise<void> {
    const marker = inside?.root.marker ?? null;
    if (inside === null || marker === null) return;
    if (!(await this.#disk.exists(path.join(inside.root.folder, marker)))) throw gone(inside.root);
  }

  /** Throws when the path itself is a link. */
  async #refuseLink(place: string, inside: Inside | null): Promise<void> {
    const target = inside === null ? null : await this.#disk.linkTarget(place);
    if (inside !== null && target !== null) throw linked(inside.root, inside.relative, target);
  }

  /** Returns primitives that confine every change below a root to it. Reads still follow links. */
  primitives(): Primitives {
    const disk = this.#disk;
    const both = (operation: (from: string, to: string) => Promise<void>) => (from: string, to: string) =>
      this.#at(from, (source) => this.#at(to, (target) => operation(source, target)));
    return {
      ...disk,
      target: async (file, throughLink) => {
        const inside = throughLink ? null : this.#inside(file);
        if (inside === null) return disk.target(file, throughLink);
        return this.#at(file, async (place) => {
          await this.#refuseLink(place, inside);
          return { path: file, mode: (await disk.target(place, false)).mode };
        });
      },
      create: (file, mode) => this.#opened(file, (place) => disk.create(place, mode)),
      openToAppend: (file) =>
        this.#opened(file, async (place, inside) => {
          await this.#refuseLink(place, inside);
          return disk.openToAppend(place, inside === null);
        }),
      copyFile: (from, to) => this.#at(to, (place) => disk.copyFile(from, place)),
      syncFile: (file) => this.#at(file, disk.syncFile),
      makeFolder: async (folder) => {
        const inside = this.#inside(folder);
        await this.#refuseGone(inside);
        return this.#at(folder, async (place) => {
          await this.#refuseLink(place, inside);
          await disk.makeFolder(place);
        });
      },
      rename: both(disk.rename),
      link: both(disk.link),
      removeFile: (file) => this.#at(file, disk.removeFile),
      removeFolder: (folder) => this.#at(folder, disk.removeFolder),
    };
  }
}

function linked(root: Root, relative: string, target: string): Failure {
  const file = path.join(root.folder, relative);
  const to = path.resolve(path.dirname(file), target);
  return new Failure(
    "bad-value",
    `${relative} is a symbolic link to ${to}. Namewright writes only to real files inside the workspace.`,
    { hint: "Nothing was changed. Delete the link and run the command again.", file },
  );
}

function gone({ folder }: Root): Failure {
  return new Failure("missing", `the workspace in ${folder} is gone`, {
    hint: "Move the folder back, reconnect its disk, or open the workspace where it is now. Then resume its runs with `namewright runs resume`.",
    file: folder,
  });
}
