import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { configFile, initWorkspace, isThereAlready, openWorkspace } from "../workspace/workspace.ts";

/** What the finished sample consists of; its `namewright.json` is copied last. */
const parts = ["data", "models", "runs", "images"];
/** In the clone the embedded base lies among the sample's models: a workspace needs none of its own. */
const notCopied = new Set(["tiny-mistral"]);

/** In the state folder: what lies in this folder so far was begun by a copy of ours. */
const markerOf = (folder: string) => path.join(folder, ".namewright", "copying-sample");

/** Everything of the sample that is copied, and where to. */
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
 * Copies the finished sample whole, so that every screen has something real on it and all of it may be changed.
 * A copy that was cut off is no workspace yet and is gone on with; nothing that is there is removed or written over.
 * @throws Failure `bad-value`, nothing changed, where the folder is a workspace or holds what would be in the way
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
  // Each is there whole or not at all.
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
