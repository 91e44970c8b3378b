import { stat } from "node:fs/promises";
import path from "node:path";
import type { GgufPrecision } from "../../../shared/schema/workspace.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { type ConversionDependencies, convertGguf } from "./convertGguf.ts";

/** An adapter that can only run merged into its base. */
export interface MergedAdapter {
  /** PEFT's folder. */
  readonly folder: string;
  /** SHA-256 of its weights. */
  readonly hash: string;
}

/** Each takes as much space as the base, and can be made again. */
export const keptMerged = 4;

/**
 * Returns the GGUF of a base with an adapter merged into it. Made once, then kept in Namewright's own folder: a file in
 * a workspace could be another one, and it would be too large for git.
 */
export async function openMerged(
  { folder, ...dependencies }: ConversionDependencies & { readonly folder: string },
  base: { readonly folder: string; readonly hash: string },
  adapter: MergedAdapter,
  { precision, signal }: { precision: GgufPrecision; signal: AbortSignal },
): Promise<string> {
  const { files } = dependencies;
  const name = `${base.hash.slice(0, 16)}-${adapter.hash.slice(0, 16)}-${precision}.gguf`;
  const target = path.join(folder, name);
  if (await files.exists(target)) return target;
  const words = ["merge", "--base", base.folder, "--adapter", adapter.folder, "--precision", precision];
  const text = `merging an adapter into ${path.basename(base.folder)} at ${precision}`;
  await removeOldest(files, folder, keptMerged - 1);
  await convertGguf(dependencies, { text, words: [...words, "--gguf"], target }, signal);
  return target;
}

/** Removes all but the newest merged files. */
async function removeOldest(files: FileLayer, folder: string, kept: number): Promise<void> {
  if (!(await files.exists(folder))) return;
  const names = (await files.list(folder)).filter((name) => name.endsWith(".gguf"));
  const made = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(path.join(folder, name))).mtimeMs })),
  );
  made.sort((one, other) => other.at - one.at);
  // Where the system keeps open files, one that is in use stays.
  for (const { name } of made.slice(kept)) await files.remove(path.join(folder, name)).catch(() => {});
}
