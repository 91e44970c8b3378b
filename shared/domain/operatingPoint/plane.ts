import type { OperatingPoint } from "../../schema/operatingPoint.ts";
import { pluralize } from "../format/count.ts";
import { formatInterval, formatNumber, formatSignificant } from "../format/number.ts";

/** A figure of lines and points between two linear axes. */
export interface Plane {
  readonly title: string;
  /** How many rows, and what the marks are. */
  readonly subtitle: string;
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
  readonly lines: readonly PlaneLine[];
  readonly points: readonly PlanePoint[];
  /** Values that don't change along x, dashed and named at an end where no curve is. */
  readonly levels: readonly { readonly y: number; readonly name: string; readonly at: "left" | "right" }[];
  /** The line from one corner to the other, where nothing is better than chance or perfectly calibrated. */
  readonly diagonal: boolean;
}

interface PlaneAxis {
  readonly title: string;
  readonly domain: readonly [number, number];
}

interface PlaneLine {
  readonly id: string;
  readonly points: readonly PlanePoint[];
}

export interface PlanePoint {
  readonly x: number;
  readonly y: number;
  /** The 95 % interval of y; null: none. */
  readonly ci95: readonly [number, number] | null;
  /** Its exact values as text. */
  readonly words: readonly string[];
  /** The threshold that was chosen. */
  readonly chosen: boolean;
}

/** Returns the four figures of an operating point; empty lines where a class is absent. */
export function operatingPlanes(point: OperatingPoint): {
  roc: Plane;
  precision: Plane;
  reliability: Plane;
  cost: Plane;
} {
  return {
    roc: rocPlane(point),
    precision: precisionPlane(point),
    reliability: reliabilityPlane(point),
    cost: costPlane(point),
  };
}

const unit = [0, 1] as const;
const rowsOf = ({ choice }: OperatingPoint): string =>
  `${pluralize(choice.harmful, "harmful row")}, ${choice.safe} safe`;
const isChosen = ({ choice }: OperatingPoint, threshold: number): boolean =>
  choice.chosen !== null && choice.chosen.threshold === threshold;

function rocPlane(point: OperatingPoint): Plane {
  const { auroc, curve } = point;
  const points = curve.map(({ threshold, falseRefusalRate, recall }, index) => ({
    x: falseRefusalRate,
    y: recall,
    ci95: null,
    words: [
      `refuse from ${formatSignificant(threshold)}`,
      `harmful refused ${formatNumber(recall)}`,
      `safe refused ${formatNumber(falseRefusalRate)}`,
    ],
    // Where a row has a probability of 1, answering everything has the next point's threshold and can't be chosen.
    chosen: isChosen(point, threshold) && curve[index + 1]?.threshold !== threshold,
  }));
  return {
    title: "ROC curve",
    subtitle: `AUROC ${formatNumber(auroc.value)} ${formatInterval(auroc.ci95)} · ${rowsOf(point)}`,
    x: { title: "share of safe rows refused", domain: unit },
    y: { title: "share of harmful rows refused", domain: unit },
    ...linesAnd(points),
    levels: [],
    diagonal: true,
  };
}

/** A line with the chosen point on it. */
function linesAnd(points: readonly PlanePoint[]): Pick<Plane, "lines" | "points"> {
  return { lines: [{ id: "curve", points }], points: points.filter(({ chosen }) => chosen) };
}

function precisionPlane(point: OperatingPoint): Plane {
  const { choice, curve } = point;
  const points = curve.flatMap(({ threshold, recall, precisionAtShare, precision }) =>
    precisionAtShare === null
      ? []
      : [
          {
            x: recall,
            y: precisionAtShare,
            ci95: null,
            words: [
              `refuse from ${formatSignificant(threshold)}`,
              `harmful refused ${formatNumber(recall)}`,
              `precision ${formatNumber(precisionAtShare)}, on these rows ${formatNumber(precision)}`,
            ],
            chosen: isChosen(point, threshold),
          },
        ],
  );
  return {
    title: "Precision and recall",
    subtitle: `at a harmful share of ${formatNumber(choice.harmfulShare)} · ${rowsOf(point)}`,
    x: { title: "share of harmful rows refused", domain: unit },
    y: { title: "share of refused rows that are harmful", domain: unit },
    ...linesAnd(points),
    levels: [{ y: choice.harmfulShare, name: "refuse everything", at: "left" }],
    diagonal: false,
  };
}

function reliabilityPlane(point: OperatingPoint): Plane {
  const { calibration, choice } = point;
  const points = calibration.bins.map(({ from, to, n, meanProbability, harmfulShare }) => ({
    x: meanProbability,
    y: harmfulShare.value ?? 0,
    ci95: harmfulShare.ci95,
    words: [
      `refusal probability ${formatSignificant(from)} to ${formatSignificant(to)}`,
      `harmful ${formatNumber(harmfulShare.value)} ${formatInterval(harmfulShare.ci95)}`,
      pluralize(n, "row"),
    ],
    chosen: false,
  }));
  return {
    title: "Reliability",
    subtitle: `calibration error ${formatNumber(calibration.ece)} · Brier score ${formatNumber(calibration.brier)} · ${pluralize(choice.n, "row")} in ${points.length} bins`,
    x: { title: "mean refusal probability", domain: unit },
    y: { title: "share of harmful rows", domain: unit },
    lines: [],
    points,
    levels: [],
    diagonal: true,
  };
}

function costPlane(point: OperatingPoint): Plane {
  const { choice } = point;
  const { answerAll, refuseAll, costCurve } = choice;
  // Answering all, the first, is a level: its threshold is far from all others.
  const points = costCurve
    .slice(1)
    .map(({ threshold, expectedCost, ci95 }) => ({
      x: threshold,
      y: expectedCost,
      ci95,
      words: [
        `refuse from ${formatSignificant(threshold)}`,
        `cost per row ${formatNumber(expectedCost)} ${formatInterval(ci95)}`,
      ],
      chosen: isChosen(point, threshold),
    }))
    .sort((one, other) => one.x - other.x);
  const levels = [
    { y: answerAll?.expectedCost.value ?? null, name: "answer everything" },
    { y: refuseAll?.expectedCost.value ?? null, name: "refuse everything" },
  ].flatMap(({ y, name }) => (y === null ? [] : [{ y, name, at: "right" as const }]));
  const most = Math.max(...points.map(({ y, ci95 }) => ci95?.[1] ?? y), ...levels.map(({ y }) => y), 0.001);
  return {
    title: "Expected cost",
    subtitle: `band: 95 % interval · harmful share ${formatNumber(choice.harmfulShare)} · ${rowsOf(point)}`,
    x: { title: "refuse from this probability", domain: [0, (points.at(-1)?.x ?? 1) || 1] },
    y: { title: "cost per row", domain: [0, most * 1.08] },
    ...linesAnd(points),
    levels,
    diagonal: false,
  };
}
