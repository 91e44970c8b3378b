import { useComputedColorScheme, useMantineTheme } from "@mantine/core";
import { useMemo } from "react";
import { darkPalette, lightPalette, type Palette } from "../../../shared/figures/palette.ts";

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
