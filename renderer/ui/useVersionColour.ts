import { versionColour } from "../../shared/figures/palette.ts";
import { useScreenPalette } from "./figures/screenPalette.ts";

/**
 * A version's colour as every figure has it: the base is the baseline, the newest the candidate, the ones between them
 * the further colours.
 */
export function useVersionColour(versions: readonly string[]): (version: string) => string {
  const palette = useScreenPalette();
  const newest = versions.at(-1);
  const between = versions.filter((version) => version !== "base" && version !== newest);
  return (version) => {
    if (version === "base") return versionColour(palette, 0).fill;
    if (version === newest) return versionColour(palette, 1).fill;
    return versionColour(palette, 2 + between.indexOf(version)).fill;
  };
}
