import type { FiguresRequest, FileFigures } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readNamed } from "../results/correctedResults.ts";
import { versionFigures } from "../results/versionFigures.ts";

/** Returns the figures of one results file over all its rows, with corrections applied. */
export async function figuresOfFile(files: FileLayer, request: FiguresRequest): Promise<FileFigures> {
  const { name, results } = await readNamed(files, request);
  const { stamp, integrity = null } = results;
  return { side: versionFigures(name, results, request.settings), stamp, integrity };
}
