import { invalidity, validityWarnings } from "../../../shared/domain/comparison/validity.ts";
import { operatingFigures } from "../../../shared/domain/operatingPoint/figures.ts";
import { ComparisonSettingsSchema } from "../../../shared/schema/comparison.ts";
import type { ComputeResult, OperatingComputeRequest } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readNamed } from "../results/correctedResults.ts";

/** Reads, corrects and computes in this process. */
export async function operatingHere(
  files: FileLayer,
  { of, hashes, costs, harmfulShare }: OperatingComputeRequest,
): Promise<Extract<ComputeResult, { kind: "operating" }>> {
  const named = await readNamed(files, of, hashes);
  const { results } = named;
  const { seed, draws } = ComparisonSettingsSchema.parse({});
  return {
    kind: "operating",
    figures: operatingFigures(results, { costs, harmfulShare, seed, draws }),
    stamp: results.stamp,
    warnings: validityWarnings(named),
    invalid: invalidity(named),
  };
}
