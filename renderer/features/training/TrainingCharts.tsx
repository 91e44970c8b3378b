import { useMemo } from "react";
import { curveFigure } from "../../../shared/domain/curves/curveFigure.ts";
import type { Curve, CurveRun } from "../../../shared/schema/curves.ts";
import type { TrainingCurves } from "../../../shared/schema/trainingCurves.ts";
import { CurvesChart, type CurveView } from "../../ui/figures/CurvesChart.tsx";
import classes from "./train.module.css";

interface DrawnRun {
  readonly id: string;
  readonly label: string;
  readonly curves: TrainingCurves;
}

interface TrainingChartsProps {
  readonly runs: readonly DrawnRun[];
  readonly view: CurveView;
  /** Length of the axis in steps, fixed so that it doesn't move while points arrive. */
  readonly steps?: number | undefined;
  readonly fileName: string;
}

const small: readonly Curve[] = [
  "expectedCost",
  "refusalAuroc",
  "learningRate",
  "gradNorm",
  "tokensPerSecond",
];

function curveRun({ id, label, curves }: DrawnRun): CurveRun {
  const { loss, evalLoss, learningRate, gradNorm, tokensPerSecond, refusalAuroc, expectedCost } = curves;
  const steps = { loss, learningRate, gradNorm, tokensPerSecond };
  return { runId: id, label, ...steps, evalLoss, refusalAuroc, expectedCost };
}

/** Shows losses, refusal decisions, learning rate, gradient norm, and speed of one or several trainings. */
export function TrainingCharts({ runs, view, steps, fileName }: TrainingChartsProps) {
  const figures = useMemo(() => {
    const drawn = runs.map(curveRun);
    const domain = steps === undefined ? {} : { steps: [0, steps] as [number, number] };
    const figure = (curve: Curve) => curveFigure(curve, drawn, { ...view, ...domain });
    // Without refusals on the validation side, and in earlier trainings, no decision was measured.
    const measured = small.map(figure).filter(({ series }) => series.length > 0);
    return { loss: figure("loss"), small: measured };
  }, [runs, view, steps]);
  return (
    <>
      <CurvesChart figure={figures.loss} fileName={`${fileName}-loss`} />
      <div className={classes.charts}>
        {figures.small.map((figure) => (
          <CurvesChart
            key={figure.curve}
            figure={figure}
            fileName={`${fileName}-${figure.curve}`}
            height={220}
          />
        ))}
      </div>
    </>
  );
}
