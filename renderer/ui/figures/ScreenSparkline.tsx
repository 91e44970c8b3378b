import { PaletteContext } from "../../../shared/figures/palette.ts";
import { Sparkline, type SparklineProps } from "../../../shared/figures/Sparkline.tsx";
import { useScreenPalette } from "./screenPalette.ts";

/** Shows a word-sized curve in the screen's colors. */
export function ScreenSparkline(props: SparklineProps) {
  return (
    <PaletteContext value={useScreenPalette()}>
      <Sparkline {...props} />
    </PaletteContext>
  );
}
