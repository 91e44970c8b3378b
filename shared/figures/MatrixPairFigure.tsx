import type { ReactNode } from "react";
import { formatCount, pluralize } from "../domain/format/count.ts";
import type { OverallCategory } from "../schema/report.ts";
import type { CellMove, MatrixShift } from "../schema/shift.ts";
import { HatchNotes, HatchPattern, Heading, headingHeight, noteHeight, Surface, Text } from "./frame.tsx";
import { Hit, Hits } from "./interaction.tsx";
import { type Palette, usePalette, versionColor } from "./palette.ts";
import { matrixBottom, SafetyMatrix, type SafetyView } from "./SafetyMatrix.tsx";
import { edge, font } from "./tokens.ts";
import { verdictLook } from "./verdict.ts";

export interface MatrixPairFigureProps {
  readonly shift: MatrixShift;
  readonly width: number;
  /** The positive class; block by default. */
  readonly view?: SafetyView;
  /** The candidate's position among the versions shown, which sets its color. */
  readonly place?: number;
  readonly onCell?: ((side: "baseline" | "candidate", category: OverallCategory) => void) | undefined;
  readonly onMove?: ((move: CellMove) => void) | undefined;
}

const gap = 32;
const top = headingHeight(1) + 30;
/** Below this width in pixels the matrices are stacked. */
const besideFrom = 620;
const moveHeight = 34;
const movesHead = 44;

function notesOf({ baseline, candidate, names }: MatrixShift): string[] {
  const note = (name: string, { unlabelled }: MatrixShift["baseline"]): string[] =>
    unlabelled > 0 ? [`${name}: ${pluralize(unlabelled, "row")} without a label (not in the matrix)`] : [];
  return [...note(names.baseline, baseline), ...note(names.candidate, candidate)];
}

function movesTop(width: number): number {
  const one = matrixBottom(top);
  return width < besideFrom ? one + one - top + 36 : one;
}

/** Returns the natural height in pixels. */
function matrixPairHeight(shift: MatrixShift, width: number): number {
  const rows = Math.max(1, shift.moves.length);
  return movesTop(width) + movesHead + rows * moveHeight + notesOf(shift).length * noteHeight + 16;
}

/** Draws two safety matrices side by side, and the rows that moved between cells below them. */
export function MatrixPairFigure(props: MatrixPairFigureProps): ReactNode {
  const { shift, width, view = "block", place = 1, onCell } = props;
  const palette = usePalette();
  const height = matrixPairHeight(shift, width);
  const beside = width >= besideFrom;
  const inner = width - 2 * edge;
  const matrixWidth = Math.min(396, beside ? (inner - gap) / 2 : inner);
  const second = beside
    ? { x: edge + inner - Math.max(matrixWidth, (inner - gap) / 2), y: top }
    : { x: edge, y: matrixBottom(top) + 36 };
  const positive = view === "allow" ? "allow (safe)" : "block";
  const side = (name: "baseline" | "candidate", x: number, y: number): ReactNode => (
    <g>
      <Text
        x={x}
        y={y - 8}
        fill={versionColor(palette, name === "baseline" ? 0 : place).ink}
        within={matrixWidth}
      >
        {`${shift.names[name]}, n ${formatCount(shift[name].rows)}`}
      </Text>
      <SafetyMatrix
        safety={shift[name]}
        x={x}
        y={y}
        width={matrixWidth}
        view={view}
        side={name}
        onCell={onCell === undefined ? undefined : (category) => onCell(name, category)}
      />
    </g>
  );
  return (
    <Surface width={width} height={height}>
      <HatchPattern />
      <Heading
        width={width}
        title={shift.title}
        lines={[`${pluralize(shift.rows, "matched labeled row")} · positive class: ${positive}`]}
      />
      {side("baseline", edge, top)}
      {side("candidate", second.x, second.y)}
      <Moves {...props} y={movesTop(width)} palette={palette} />
      <HatchNotes
        y={movesTop(width) + movesHead + Math.max(1, shift.moves.length) * moveHeight}
        notes={notesOf(shift)}
        width={width}
      />
    </Surface>
  );
}

const verdictText = { better: "↑ better", worse: "↓ worse", changed: "label changed" } as const;

function Moves({
  shift,
  width,
  onMove,
  y,
  palette,
}: MatrixPairFigureProps & { y: number; palette: Palette }): ReactNode {
  const { moves, stayed } = shift;
  const labels = new Map(shift.baseline.cells.map(({ category, label }) => [category, label]));
  const most = Math.max(1, ...moves.map(({ count }) => count));
  const countAt = edge + (width < 700 ? 330 : 372);
  const barsAt = countAt + 16;
  const barsTo = width - edge - 110;
  return (
    <g>
      <Text x={edge} y={y + 28} fill={palette.muted} size={font.small} within={width - 2 * edge}>
        {`Moved rows · ${pluralize(stayed, "row")} stayed in the same cell`}
      </Text>
      {moves.length === 0 ? (
        <Text x={edge} y={y + movesHead + 20}>
          – no row moved
        </Text>
      ) : null}
      {moves.map((move, index) => {
        const { from, to, count, verdict } = move;
        const at = y + movesHead + index * moveHeight;
        const words = `${labels.get(from) ?? from} → ${labels.get(to) ?? to}`;
        return (
          <g key={`${from} ${to}`} data-move={`${from} ${to}`}>
            <rect x={edge} y={at + 8} width={10} height={16} fill={palette.cells[from]} />
            <rect x={edge + 14} y={at + 8} width={10} height={16} fill={palette.cells[to]} />
            <Text x={edge + 34} y={at + 21} within={countAt - edge - 34 - 48}>
              {words}
            </Text>
            <Text x={countAt} y={at + 21} anchor="end">
              {formatCount(count)}
            </Text>
            {barsTo - barsAt < 40 ? null : (
              <rect
                x={barsAt}
                y={at + 11}
                width={((barsTo - barsAt) * count) / most}
                height={10}
                fill={palette.cells[to]}
              />
            )}
            <Text
              x={width - edge}
              y={at + 21}
              anchor="end"
              size={font.small}
              fill={verdictLook(palette, verdict).ink}
            >
              {verdictText[verdict]}
            </Text>
            <Hits>
              <Hit
                id={`${from} ${to}`}
                lines={[words, `${pluralize(count, "row")}, ${verdictText[verdict]}`]}
                x={edge - 6}
                y={at + 2}
                width={width - 2 * edge + 12}
                height={moveHeight - 4}
                onPick={onMove === undefined ? undefined : () => onMove(move)}
              />
            </Hits>
          </g>
        );
      })}
    </g>
  );
}
