import { readResults } from "../../../shared/domain/results/read.ts";
import { resultsNameOf } from "../../../shared/domain/workspace/threshold.ts";
import type { Decoding } from "../../../shared/schema/result.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";

/**
 * Renames a version's results to `v2@0.25` when the ones that replace them are at another threshold, because a version
 * at two thresholds is two results. Corrections are copied, so that both keep them. Call it as the workspace's writer.
 */
export async function keepOtherThreshold(
  files: FileLayer,
  { paths }: Pick<Workspace, "paths">,
  version: string,
  { refusalThreshold }: Pick<Decoding, "refusalThreshold">,
): Promise<void> {
  const name = await otherThresholdName(files, paths, version, refusalThreshold);
  if (name === null) return;
  const overrides = paths.overrides(version);
  if ((await files.exists(overrides)) && !(await files.exists(paths.overrides(name)))) {
    await files.writeAtomic(paths.overrides(name), await files.read(overrides));
  }
  await files.rename(paths.results(version), paths.results(name));
}

/** Returns the name under which a version's results are kept when new ones are at `threshold`; null: they aren't. */
export async function otherThresholdName(
  files: FileLayer,
  paths: Workspace["paths"],
  version: string,
  threshold: number | null,
): Promise<string | null> {
  const file = paths.results(version);
  if (!(await files.exists(file))) return null;
  const stamp = await stampOf(files, file);
  if (stamp === null) return null;
  const name = resultsNameOf(version, stamp.decoding.refusalThreshold, threshold);
  return name === version ? null : name;
}

/** Null for results without a stamp, and for a file that can't be read, which a new evaluation repairs. */
async function stampOf(files: FileLayer, file: string) {
  try {
    return readResults(await files.read(file), file).stamp;
  } catch {
    return null;
  }
}
