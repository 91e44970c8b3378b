import { sideOf } from "../../../shared/domain/metrics/side.ts";
import { testedRows } from "../../../shared/domain/metrics/testedRow.ts";
import { ComparisonSettingsSchema } from "../../../shared/schema/comparison.ts";
import type { CompareRequest, FileFigures } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readCorrected } from "../results/correctedResults.ts";

/** Returns the figures of one results file over all its rows, with corrections applied and default settings. */
export async function figuresOfFile(
  files: FileLayer,
  { name, file, corrections }: CompareRequest["baseline"],
): Promise<FileFigures> {
  const { results } = await readCorrected(files, file, corrections);
  const side = sideOf(name, results, testedRows(results), ComparisonSettingsSchema.parse({}));
  return { side, stamp: results.stamp };
}
