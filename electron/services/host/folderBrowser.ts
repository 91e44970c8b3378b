import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { BrowsedFolder, PickPurpose } from "../../../shared/schema/host.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isWithin } from "../files/guardedPrimitives.ts";
import { configFile } from "../workspace/workspace.ts";

/** More entries than a person reads through. */
const mostListed = 2000;

const wanted: Record<PickPurpose, RegExp | null> = {
  csv: /\.(csv|tsv|txt)$/i,
  gguf: /\.gguf$/i,
  workspace: null,
  "model-folder": null,
};

/** What can be looked into and looked at, of a file system that answers only where one has a right to look. */
export interface FolderEntries {
  /** Name, and whether it is a folder (links followed); sizes in bytes. Throws the system's errors. */
  entries(folder: string): Promise<{ name: string; folder: boolean; bytes: number }[]>;
}

/** One folder for the picker: hidden entries left out, folders first, files of the purpose only. */
export async function browseFolder(
  files: FileLayer,
  disk: FolderEntries,
  roots: readonly string[],
  request: { folder: string | null; purpose: PickPurpose },
): Promise<BrowsedFolder> {
  const folder = path.resolve(request.folder ?? roots[0] ?? ".");
  // The file layer refuses what lies outside the roots, links followed; this look is its check.
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
