import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { BrowsedFolder, PickPurpose } from "../../../shared/schema/host.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isWithin } from "../files/guardedPrimitives.ts";
import { configFile } from "../workspace/workspace.ts";

/** The maximum number of listed entries of each kind. */
const mostListed = 2000;

const wanted: Record<PickPurpose, RegExp | null> = {
  csv: /\.(csv|tsv|txt)$/i,
  gguf: /\.gguf$/i,
  workspace: null,
  "model-folder": null,
};

/** Reads folders for the picker. */
export interface FolderEntries {
  /** Returns each entry's name, size in bytes and whether it is a folder (following links). Throws system errors. */
  entries(folder: string): Promise<{ name: string; folder: boolean; bytes: number }[]>;
}

/** Returns one folder for the picker without hidden entries: its folders, and its files that fit the purpose. */
export async function browseFolder(
  files: FileLayer,
  disk: FolderEntries,
  roots: readonly string[],
  request: { folder: string | null; purpose: PickPurpose },
): Promise<BrowsedFolder> {
  const folder = path.resolve(request.folder ?? roots[0] ?? ".");
  // Listing through the file layer checks that the folder is inside the roots.
  const names = await files.list(folder).catch((error: unknown) => {
    if (error instanceof Failure) throw error;
    throw new Failure("missing", `couldn't open ${folder}`, {
      hint: "Choose another folder.",
      cause: error,
    });
  });
  const found = (await disk.entries(folder)).filter(
    ({ name }) => names.includes(name) && !name.startsWith("."),
  );
  const sorted = found.sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const pattern = wanted[request.purpose];
  const folders = sorted.filter((one) => one.folder);
  const shownFiles = sorted.filter((one) => !one.folder && pattern?.test(one.name) === true);
  const parent = path.dirname(folder);
  const above = parent !== folder && roots.some((root) => isWithin(root, parent));
  return {
    folder,
    parent: above ? parent : null,
    folders: await Promise.all(
      folders.slice(0, mostListed).map(async ({ name }) => {
        const at = path.join(folder, name);
        const workspace = await files.exists(path.join(at, configFile)).catch(() => false);
        return { name, path: at, workspace };
      }),
    ),
    files: shownFiles
      .slice(0, mostListed)
      .map(({ name, bytes }) => ({ name, path: path.join(folder, name), bytes })),
    unlisted: Math.max(0, folders.length - mostListed) + Math.max(0, shownFiles.length - mostListed),
  };
}
