import { Box } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { type ReactNode, useRef, useState } from "react";
import { InteractiveFigure } from "../../../shared/figures/InteractiveFigure.tsx";
import type { MarkValue } from "../../../shared/figures/interaction.tsx";
import { PaletteContext } from "../../../shared/figures/palette.ts";
import { saveBlob } from "../../api/index.ts";
import { messages } from "../messages.ts";
import { ChartActions, type ExportKind } from "./ChartActions.tsx";
import { type ChartTable, csvOfTable } from "./chartTable.ts";
import { pngOf, standaloneSvg } from "./exportFigure.ts";
import { NumbersTable } from "./NumbersTable.tsx";
import { useScreenPalette } from "./screenPalette.ts";
import { ValueTip } from "./ValueTip.tsx";

export interface ChartProps {
  /** What the figure shows; also drawn in the figure. */
  readonly title: string;
  /** Name of exported files without extension: "v1-v2-safety". */
  readonly fileName: string;
  readonly table: ChartTable;
  /** Draws the figure at a width in pixels. */
  readonly draw: (width: number) => ReactNode;
  /** Controls that change the figure, next to the actions. */
  readonly controls?: ReactNode;
  /** Maximum width in pixels, beyond which the marks would only spread out. */
  readonly widest?: number;
}

/** Minimum width in pixels; in a narrower place the figure scrolls. */
const narrowest = 360;

/**
 * Shows a figure with exact values on hover and by arrow keys, its data as a table, and exports as PNG, SVG, and CSV.
 */
export function Chart({ title, fileName, table, draw, controls, widest = 1100 }: ChartProps) {
  const palette = useScreenPalette();
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const drawing = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<MarkValue | null>(null);
  const [asTable, setAsTable] = useState(false);
  const width = Math.min(widest, Math.max(narrowest, Math.floor(measured)));

  const exportAs = async (kind: ExportKind): Promise<void> => {
    const name = `${fileName}.${kind}`;
    if (kind === "csv") return saveBlob(new Blob([csvOfTable(table)], { type: "text/csv" }), name);
    const svg = drawing.current?.querySelector("svg");
    if (svg == null) return;
    const text = standaloneSvg(svg, title, palette.family);
    if (kind === "svg") return saveBlob(new Blob([text], { type: "image/svg+xml" }), name);
    const [w, h] = [Number(svg.getAttribute("width")), Number(svg.getAttribute("height"))];
    saveBlob(await pngOf(text, w, h), name);
  };
  const failed = (error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    notifications.show({ color: "orange", title: messages.exports.figureFailed(title), message });
  };

  return (
    <Box component="figure" m={0} ref={ref} pos="relative" miw={0}>
      <Box
        pos="absolute"
        top={8}
        right={12}
        bg="var(--mantine-color-body)"
        style={{ zIndex: 1, display: "flex", gap: 8 }}
      >
        {controls}
        <ChartActions
          title={title}
          asTable={asTable}
          onToggle={() => setAsTable(!asTable)}
          onExport={(kind) => void exportAs(kind).catch(failed)}
        />
      </Box>
      {asTable ? (
        <Box p={12} pt={32}>
          <NumbersTable title={title} table={table} />
        </Box>
      ) : (
        <Box ref={drawing} pos="relative" style={{ overflowX: "auto" }}>
          {measured === 0 ? null : (
            <PaletteContext value={palette}>
              <InteractiveFigure label={title} onShow={setShown}>
                {draw(width)}
              </InteractiveFigure>
              {shown === null ? null : <ValueTip value={shown} width={width} />}
            </PaletteContext>
          )}
        </Box>
      )}
    </Box>
  );
}
