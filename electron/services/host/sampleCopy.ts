import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { configFile, initWorkspace, isThereAlready, openWorkspace } from "../workspace/workspace.ts";

/** The folders of the finished sample. Its `namewright.json` is copied last. */
const parts = ["data", "models", "runs", "images"];
/** The embedded base is in the sample's models folder, but a workspace doesn't need a copy. */
const notCopied = new Set(["tiny-mistral"]);

/** Marks a folder whose content comes from an unfinished copy. */
const markerOf = (folder: string) => path.join(folder, ".namewright", "copying-sample");

/** Returns everything to copy from the sample, with the targets. */
async function copiesOf(files: FileLayer, sample: string, folder: string) {
  const copies: { from: string; to: string }[] = [];
  for (const part of parts) {
    const from = path.join(sample, part);
    if (!(await files.exists(from))) continue;
    for (const entry of await files.list(from))
      if (!notCopied.has(entry))
        copies.push({ from: path.join(from, entry), to: path.join(folder, part, entry) });
  }
  return copies;
}

/**
 * Copies the whole finished sample into a new, editable workspace. Resumes an interrupted copy. Removes and overwrites
 * nothing.
 * @throws Failure `bad-value`, with nothing changed, when the folder is a workspace or contains conflicting files
 */
export async function copySample(
  files: FileLayer,
  sample: string,
  folder: string,
  name?: string,
): Promise<string> {
  if (await files.exists(path.join(folder, configFile)))
    throw new Failure("bad-value", `${folder} is already a workspace`, {
      hint: "Choose another folder. Nothing was changed.",
    });
  const copies = await copiesOf(files, sample, folder);
  const marker = markerOf(folder);
  await files.makeFolder(folder);
  await files.confine(folder, null);
  if (!(await files.exists(marker))) {
    for (const { to } of copies) if (await files.exists(to)) throw isThereAlready(to);
    await files.writeAtomic(marker, "");
  }
  // Each copy is complete or absent.
  for (const { from, to } of copies) if (!(await files.exists(to))) await files.copy(from, to);
  const { config } = await openWorkspace(files, sample, true);
  await initWorkspace(files, folder, {
    name: name ?? config.name,
    base: config.base,
    preset: config.preset,
    slicePools: config.slicePools,
  });
  await files.remove(marker);
  return path.resolve(folder);
}
