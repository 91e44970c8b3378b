import { versionColor } from "../../shared/figures/palette.ts";
import { useScreenPalette } from "./figures/screenPalette.ts";

/**
 * Returns a function from versions to their colors in every figure: the base has the baseline's color, the newest
 * version the candidate's, and the versions in between the additional colors.
 */
export function useVersionColour(versions: readonly string[]): (version: string) => string {
  const palette = useScreenPalette();
  const newest = versions.at(-1);
  const between = versions.filter((version) => version !== "base" && version !== newest);
  return (version) => {
    if (version === "base") return versionColor(palette, 0).fill;
    if (version === newest) return versionColor(palette, 1).fill;
    return versionColor(palette, 2 + between.indexOf(version)).fill;
  };
}
