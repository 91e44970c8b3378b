import path from "node:path";
import { readResults } from "../../../shared/domain/results/read.ts";
import { resultsNameOf } from "../../../shared/domain/workspace/threshold.ts";
import type { Warning } from "../../../shared/schema/comparison.ts";
import type { Decoding } from "../../../shared/schema/result.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";

type Place = Pick<Workspace, "paths">;

/**
 * Renames a variant's results to `v2@0.25` when the ones that replace them are at another threshold, because a version
 * at two thresholds is two results. Corrections are copied, so that both keep them. Results that have this name already
 * stay: the variant's then move to `folder`, the run that replaces them, whose warning is returned. Call it as the
 * workspace's writer.
 */
export async function keepOtherThreshold(
  files: FileLayer,
  { paths }: Place,
  variant: string,
  {
    decoding: { refusalThreshold },
    folder,
  }: { decoding: Pick<Decoding, "refusalThreshold">; folder: string },
): Promise<Warning | null> {
  const name = await keptName(files, { paths }, variant, refusalThreshold);
  if (name === null) return null;
  if (await files.exists(paths.results(name))) {
    const moved = path.join(folder, "replaced-results.csv");
    await files.rename(paths.results(variant), moved);
    return {
      code: "results-moved",
      message: `The earlier results of ${variant} are now ${moved}, because there already are results called ${name}.`,
    };
  }
  const overrides = paths.overrides(variant);
  if ((await files.exists(overrides)) && !(await files.exists(paths.overrides(name)))) {
    await files.writeAtomic(paths.overrides(name), await files.read(overrides));
  }
  await files.rename(paths.results(variant), paths.results(name));
  return null;
}

/** Returns what a variant's results are called once ones at `threshold` take their name; null: they are replaced. */
export async function keptName(
  files: FileLayer,
  { paths }: Place,
  variant: string,
  threshold: number | null,
): Promise<string | null> {
  const file = paths.results(variant);
  if (!(await files.exists(file))) return null;
  const stamp = await stampOf(files, file);
  if (stamp === null) return null;
  const name = resultsNameOf(variant, stamp.decoding.refusalThreshold, threshold);
  return name === variant ? null : name;
}

/** Null for results without a stamp, and for a file that can't be read, which a new evaluation repairs. */
async function stampOf(files: FileLayer, file: string) {
  try {
    return readResults(await files.read(file), file).stamp;
  } catch {
    return null;
  }
}
