import { PaletteContext } from "../../../shared/figures/palette.ts";
import { Sparkline, type SparklineProps } from "../../../shared/figures/Sparkline.tsx";
import { useScreenPalette } from "./screenPalette.ts";

/** A curve the size of a word, in the screen's colours. */
export function ScreenSparkline(props: SparklineProps) {
  return (
    <PaletteContext value={useScreenPalette()}>
      <Sparkline {...props} />
    </PaletteContext>
  );
}
