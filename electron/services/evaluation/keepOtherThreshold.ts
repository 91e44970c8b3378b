import { readResults } from "../../../shared/domain/results/read.ts";
import { resultsNameOf } from "../../../shared/domain/workspace/threshold.ts";
import type { Decoding } from "../../../shared/schema/result.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";

/**
 * Renames a variant's results to `v2@0.25` when the ones that replace them are at another threshold, because a version
 * at two thresholds is two results. Corrections are copied, so that both keep them. Call it as the workspace's writer.
 */
export async function keepOtherThreshold(
  files: FileLayer,
  { paths }: Pick<Workspace, "paths">,
  variant: string,
  { refusalThreshold }: Pick<Decoding, "refusalThreshold">,
): Promise<void> {
  const file = paths.results(variant);
  if (!(await files.exists(file))) return;
  const stamp = await stampOf(files, file);
  if (stamp === null) return;
  const name = resultsNameOf(variant, stamp.decoding.refusalThreshold, refusalThreshold);
  if (name === variant) return;
  const overrides = paths.overrides(variant);
  if ((await files.exists(overrides)) && !(await files.exists(paths.overrides(name)))) {
    await files.writeAtomic(paths.overrides(name), await files.read(overrides));
  }
  await files.rename(file, paths.results(name));
}

/** Null for results without a stamp, and for a file that can't be read, which a new evaluation repairs. */
async function stampOf(files: FileLayer, file: string) {
  try {
    return readResults(await files.read(file), file).stamp;
  } catch {
    return null;
  }
}
