import { useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useMemo } from "react";
import { darkPalette, lightPalette, type Palette, versionColor } from "../../../shared/figures/palette.ts";

/** Returns the palette of figures for the current theme, with the screen's font. */
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

/** Returns a function from a version's position to the text color that it has in figures. */
export function useVersionInk(): (place: number) => string {
  const palette = useScreenPalette();
  return (place) => versionColor(palette, place).ink;
}
