import { sideOf } from "../../../shared/domain/metrics/side.ts";
import { testedRows } from "../../../shared/domain/metrics/testedRow.ts";
import { readResults } from "../../../shared/domain/results/read.ts";
import { ComparisonSettingsSchema } from "../../../shared/schema/comparison.ts";
import type { FileFigures } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";

/** The figures of one results file over all its rows, with the settings' defaults. */
export async function figuresOfFile(
  files: Pick<FileLayer, "read">,
  name: string,
  file: string,
): Promise<FileFigures> {
  const results = readResults(await files.read(file), file);
  const side = sideOf(name, results, testedRows(results), ComparisonSettingsSchema.parse({}));
  return { side, stamp: results.stamp };
}
