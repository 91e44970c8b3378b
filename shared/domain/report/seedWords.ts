import type { Comparison, SeedSpread } from "../../schema/comparison.ts";
import { formatNumber } from "../format/number.ts";

/** Describes how a figure differs between seeds: "SD 0.012, 0.640 to 0.661". */
export function describeSeeds({ sd, min, max }: SeedSpread): string {
  return sd === null ? "–" : `SD ${formatNumber(sd)}, ${formatNumber(min)} to ${formatNumber(max)}`;
}

/** Returns a decision's reasons, followed by what a version with one seed can't show. */
export function reasonsAndLuck({ reasons, seeds }: Pick<Comparison, "reasons" | "seeds">): string[] {
  return seeds.note === null ? reasons : [...reasons, seeds.note];
}
