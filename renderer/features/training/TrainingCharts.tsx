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

const small: readonly Curve[] = ["learningRate", "gradNorm", "tokensPerSecond"];

function curveRun({ id, label, curves }: DrawnRun): CurveRun {
  const { loss, evalLoss, learningRate, gradNorm, tokensPerSecond } = curves;
  return { runId: id, label, loss, evalLoss, learningRate, gradNorm, tokensPerSecond };
}

/** Shows loss and eval loss, learning rate, gradient norm, and speed of one or several trainings. */
export function TrainingCharts({ runs, view, steps, fileName }: TrainingChartsProps) {
  const figures = useMemo(() => {
    const drawn = runs.map(curveRun);
    const domain = steps === undefined ? {} : { steps: [0, steps] as [number, number] };
    const figure = (curve: Curve) => curveFigure(curve, drawn, { ...view, ...domain });
    return { loss: figure("loss"), small: small.map(figure) };
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
