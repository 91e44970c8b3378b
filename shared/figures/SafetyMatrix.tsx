import type { ReactNode } from "react";
import { formatQuantity, formatShare } from "../domain/format/number.ts";
import type { OverallCategory, SafetyFigure } from "../schema/report.ts";
import { Text } from "./frame.tsx";
import { Hit, Hits } from "./interaction.tsx";
import { usePalette } from "./palette.ts";
import { textWidth } from "./textWidth.ts";
import { font } from "./tokens.ts";

type Cell = SafetyFigure["cells"][number];

/** The positive class: `block` (harmful, refused) or `allow` (safe, answered). */
export type SafetyView = "block" | "allow";

/** Returns a cell's name for the positive class: "true positive", … */
function standingOf({ blocked, correct }: Pick<Cell, "blocked" | "correct">, view: SafetyView): string {
  const positive = blocked === (view === "block");
  return `${correct ? "true" : "false"} ${positive ? "positive" : "negative"}`;
}

/** Returns the initials of a cell's name: "true positive" → "TP". */
const initials = (words: string): string =>
  words
    .split(" ")
    .map((word) => word.charAt(0).toUpperCase())
    .join("");

const headHeight = 26;
const rowHeadWidth = 76;
const cellHeight = 140;
const gap = 8;
/** Horizontal padding of a cell, in pixels. */
const cellInset = 26;

/** Returns the bottom of a matrix that starts at `y`, in pixels. */
export function matrixBottom(y: number): number {
  return y + headHeight + 2 * cellHeight + gap;
}

interface SafetyMatrixProps {
  readonly safety: SafetyFigure;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The positive class, which sets the names of the cells. */
  readonly view?: SafetyView | undefined;
  /** Prefix of the marks' ids if a figure has two matrices. */
  readonly side?: string;
  readonly onCell?: ((category: OverallCategory) => void) | undefined;
}

/**
 * Draws the two-by-two matrix of labels and outcomes. Each cell has its hue, count, share, and a bar from 0 to all
 * rows.
 */
export function SafetyMatrix(props: SafetyMatrixProps): ReactNode {
  const { safety, x, y, width, view, side, onCell } = props;
  const color = usePalette();
  const cellWidth = (width - rowHeadWidth - gap) / 2;
  const text = labelsOf(safety.cells, cellWidth - cellInset);
  const column = (blocked: boolean): number => x + rowHeadWidth + (blocked ? cellWidth + gap : 0);
  const row = (actual: Cell["actual"]): number =>
    y + headHeight + (actual === "harmful" ? cellHeight + gap : 0);
  const rowsOf = (actual: Cell["actual"]): number =>
    safety.cells.reduce((sum, cell) => sum + (cell.actual === actual ? cell.count : 0), 0);
  return (
    <g>
      {[false, true].map((blocked) => (
        <Text
          key={String(blocked)}
          x={column(blocked)}
          y={y + 12}
          size={font.small}
          fill={color.muted}
          within={cellWidth}
        >
          {blocked ? "Blocked" : "Answered"}
        </Text>
      ))}
      {(["safe", "harmful"] as const).map((actual) => (
        <g key={actual}>
          <Text x={x} y={row(actual) + cellHeight / 2} within={rowHeadWidth - 8}>
            {actual === "safe" ? "Safe" : "Harmful"}
          </Text>
          <Text x={x} y={row(actual) + cellHeight / 2 + 18} size={font.small} fill={color.muted}>
            {`n ${rowsOf(actual)}`}
          </Text>
        </g>
      ))}
      {safety.cells.map((cell) => (
        <MatrixCell
          key={cell.category}
          cell={cell}
          x={column(cell.blocked)}
          y={row(cell.actual)}
          width={cellWidth}
          view={view}
          text={text(cell)}
          id={side === undefined ? cell.category : `${side}/${cell.category}`}
          onCell={onCell}
        />
      ))}
    </g>
  );
}

const whole = ({ correct, label }: Cell): string => `${correct ? "✓" : "✗"} ${label}`;

/** Returns the cells' labels. If one is too long, all are short and the row and column headers say the rest. */
function labelsOf(cells: readonly Cell[], within: number): (cell: Cell) => string {
  if (cells.every((cell) => textWidth(whole(cell), font.small) <= within)) return whole;
  return ({ correct }) => (correct ? "✓ correct" : "✗ wrong");
}

interface MatrixCellProps {
  readonly cell: Cell;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly view: SafetyView | undefined;
  /** The label, short enough to fit. */
  readonly text: string;
  readonly id: string;
  readonly onCell: SafetyMatrixProps["onCell"];
}

function MatrixCell({ cell, x, y, width, view, text, id, onCell }: MatrixCellProps): ReactNode {
  const color = usePalette();
  const hue = color.cells[cell.category];
  const inner = width - cellInset;
  const standing = view === undefined ? "" : `, ${standingOf(cell, view)}`;
  return (
    <g data-cell={cell.category}>
      <rect x={x} y={y} width={width} height={cellHeight} rx={4} fill={hue} fillOpacity={0.14} />
      <rect x={x} y={y} width={4} height={cellHeight} fill={hue} />
      <Text x={x + 14} y={y + 42} size={font.count}>
        {cell.share === null ? "–" : formatQuantity(cell.count)}
      </Text>
      {view === undefined ? null : (
        <Text x={x + width - 12} y={y + 26} size={font.small} fill={color.muted} anchor="end">
          {initials(standingOf(cell, view))}
        </Text>
      )}
      <Text x={x + 14} y={y + 66} size={font.small}>
        {cell.share === null ? "no labeled rows" : `${formatShare(cell.share)} of rows`}
      </Text>
      <Text x={x + 14} y={y + 88} size={font.small} within={inner} fill={color.muted}>
        {text}
      </Text>
      {cell.share === null ? null : (
        <g>
          <rect x={x + 14} y={y + 112} width={inner} height={8} fill={color.paper} />
          <rect
            data-bar={cell.category}
            x={x + 14}
            y={y + 112}
            width={inner * cell.share}
            height={8}
            fill={hue}
          />
        </g>
      )}
      <Hits>
        <Hit
          id={id}
          lines={[
            `${cell.label}${standing}`,
            cell.share === null
              ? "no labeled rows"
              : `${formatQuantity(cell.count)} ${cell.count === 1 ? "row" : "rows"}, ${formatShare(cell.share)}`,
          ]}
          x={x}
          y={y}
          width={width}
          height={cellHeight}
          onPick={onCell === undefined ? undefined : () => onCell(cell.category)}
        />
      </Hits>
    </g>
  );
}
