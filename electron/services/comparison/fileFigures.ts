import type { CompareRequest, FileFigures } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readNamed } from "../results/correctedResults.ts";
import { versionFigures } from "../results/versionFigures.ts";

/** Returns the figures of one results file over all its rows, with corrections applied and default settings. */
export async function figuresOfFile(files: FileLayer, of: CompareRequest["baseline"]): Promise<FileFigures> {
  const { name, results } = await readNamed(files, of);
  const { stamp, integrity = null } = results;
  return { side: versionFigures(name, results), stamp, integrity };
}
