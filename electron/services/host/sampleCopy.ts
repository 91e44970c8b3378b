import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { configFile, initWorkspace, openWorkspace } from "../workspace/workspace.ts";

/** What the finished sample consists of; its `namewright.json` is copied last. */
const parts = ["data", "models", "runs", "images"];
/** In the clone the embedded base lies among the sample's models: a workspace needs none of its own. */
const notCopied = new Set(["tiny-mistral"]);

/**
 * Copies the finished sample whole, so that every screen has something real on it and all of it may be changed.
 * A copy that was cut off is no workspace yet and is made again from the start.
 */
export async function copySample(
  files: FileLayer,
  sample: string,
  folder: string,
  name?: string,
): Promise<string> {
  if (await files.exists(path.join(folder, configFile)))
    throw new Failure("bad-value", `${folder} is a workspace already`, {
      hint: "Choose another folder; nothing was changed.",
    });
  for (const part of parts) {
    const [from, to] = [path.join(sample, part), path.join(folder, part)];
    if (!(await files.exists(from))) continue;
    await files.makeFolder(to);
    for (const entry of await files.list(from)) {
      if (notCopied.has(entry)) continue;
      await files.remove(path.join(to, entry));
      await files.copy(path.join(from, entry), path.join(to, entry));
    }
  }
  const { config } = await openWorkspace(files, sample, true);
  await initWorkspace(files, folder, {
    name: name ?? config.name,
    base: config.base,
    preset: config.preset,
  });
  return path.resolve(folder);
}
