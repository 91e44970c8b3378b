import { useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useMemo } from "react";
import { darkPalette, lightPalette, type Palette, versionColour } from "../../../shared/figures/palette.ts";

/** The figures' colours on this screen, in the screen's own font. */
export function useScreenPalette(): Palette {
  const scheme = useComputedColorScheme("light");
  const { fontFamily } = useMantineTheme();
  return useMemo(
    () => ({
      ...(scheme === "dark" ? darkPalette : lightPalette),
      family: fontFamily ?? lightPalette.family,
    }),
    [scheme, fontFamily],
  );
}

/** The ink of each version by its place among those shown, as figures have it: for words outside of them. */
export function useVersionInk(): (place: number) => string {
  const palette = useScreenPalette();
  return (place) => versionColour(palette, place).ink;
}
