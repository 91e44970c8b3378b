import type { ReactNode } from "react";
import type { Comparison } from "../schema/comparison.ts";
import type { FigureDrawing } from "../schema/figure.ts";
import type { ReportModel } from "../schema/report.ts";
import { CategoryFigure, categoryFigureHeight } from "./CategoryFigure.tsx";
import { DifferenceFigure, differenceFigureHeight } from "./DifferenceFigure.tsx";
import { SafetyFigure, safetyFigureHeight } from "./SafetyFigure.tsx";
import { SliceFigure, sliceFigureHeight } from "./SliceFigure.tsx";

interface FigureOfProps {
  readonly drawing: FigureDrawing;
  readonly width: number;
  readonly height: number;
}

/** Draws the figure named in a drawing. Throws an error if it needs a comparison and the report has none. */
export function FigureOf({ drawing, width, height }: FigureOfProps): ReactNode {
  const size = { width, height };
  switch (drawing.figure) {
    case "categories":
      return <CategoryFigure report={drawing.data} role={drawing.role} {...size} />;
    case "safety":
      return <SafetyFigure report={drawing.data} {...size} />;
    case "differences":
      return <DifferenceFigure comparison={compared(drawing.data)} scale={scaleOf(drawing.data)} {...size} />;
    case "slices":
      return <SliceFigure comparison={compared(drawing.data)} {...size} />;
  }
}

/** Returns a figure's natural height in pixels. */
export function figureHeight(drawing: FigureDrawing): number {
  switch (drawing.figure) {
    case "categories":
      return categoryFigureHeight(drawing.data);
    case "safety":
      return safetyFigureHeight(drawing.data);
    case "differences":
      return differenceFigureHeight(compared(drawing.data));
    case "slices":
      return sliceFigureHeight(compared(drawing.data));
  }
}

/** Returns a figure's label for screen readers. */
export function figureTitle(drawing: FigureDrawing): string {
  switch (drawing.figure) {
    case "categories":
      return drawing.data.categories.title;
    case "safety":
      return drawing.data.safety.title;
    case "differences":
      return "Changes of the headline metrics with 95 % intervals";
    case "slices":
      return "Safety correctness by slice with 95 % intervals";
  }
}

function compared({ comparison }: ReportModel): Comparison {
  if (comparison === null) throw new Error("the figure needs a comparison");
  return comparison;
}

function scaleOf({ versions }: ReportModel): { scale: "quality" | "rule-score"; scaleName: string } {
  const [version] = versions;
  if (version === undefined) throw new Error("the report has no version");
  return version;
}
