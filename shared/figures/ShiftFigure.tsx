import type { ReactNode } from "react";
import { formatCount, pluralize } from "../domain/format/count.ts";
import { formatShare, formatSigned } from "../domain/format/number.ts";
import type { NameCategory } from "../schema/judge.ts";
import type { CategoryShift } from "../schema/shift.ts";
import {
  HatchNotes,
  HatchPattern,
  Heading,
  headingHeight,
  Legend,
  noteHeight,
  Surface,
  Text,
} from "./frame.tsx";
import { Hit, Hits } from "./interaction.tsx";
import { usePalette, versionColor } from "./palette.ts";
import { edge, font } from "./tokens.ts";

export interface ShiftFigureProps {
  readonly shift: CategoryShift;
  readonly width: number;
  /** The maximum share of the axis; set it to keep the axis when a filter changes the bars. */
  readonly most?: number | undefined;
  readonly onBar?: ((category: NameCategory, version: number) => void) | undefined;
}

const top = headingHeight(1) + 34;
const barHeight = 16;
const barGap = 2;
const rowGap = 14;
const labelWidth = 120;
const valueWidth = 124;
const changeWidth = 84;

function notesOf({ versions }: CategoryShift): string[] {
  return versions
    .filter(({ unscored }) => unscored > 0)
    .map(({ name, unscored }) => `${name}: ${pluralize(unscored, "row")} unscored (not in the bars)`);
}

const rowHeight = ({ versions }: CategoryShift): number => versions.length * (barHeight + barGap) + rowGap;

/** Returns the natural height in pixels. */
function shiftFigureHeight(shift: CategoryShift): number {
  const rows = shift.versions[0]?.categories.bars.length ?? 0;
  return top + rows * rowHeight(shift) + notesOf(shift).length * noteHeight + edge;
}

/** Returns the default maximum of the axis. */
function shiftMost({ versions }: CategoryShift): number {
  const shares = versions.flatMap(({ categories }) => categories.bars.map(({ share }) => share ?? 0));
  return Math.max(0.05, ...shares);
}

/** Draws each category's share of names for several versions, as bars from zero. */
export function ShiftFigure({ shift, width, most = shiftMost(shift), onBar }: ShiftFigureProps): ReactNode {
  const palette = usePalette();
  const height = shiftFigureHeight(shift);
  const { versions, changes, title } = shift;
  const categories = versions[0]?.categories.bars ?? [];
  const changed = changes.length > 0;
  const left = edge + labelWidth;
  const inner = width - left - edge - valueWidth - (changed ? changeWidth : 0);
  const bottom = top + categories.length * rowHeight(shift);
  const legend = versions.map(({ name, categories: { names } }, index) => ({
    text: `${name}, ${pluralize(names, "name")}`,
    ...versionColor(palette, index),
  }));
  return (
    <Surface width={width} height={height}>
      <HatchPattern />
      <Heading width={width} title={title} lines={["share of a version’s names · bars start at 0"]} />
      <Legend mark="square" entries={legend} y={headingHeight(1) + 12} />
      {changed ? (
        <Text x={width - edge} y={headingHeight(1) + 12} anchor="end" size={font.small} fill={palette.muted}>
          change
        </Text>
      ) : null}
      <line x1={left} x2={left} y1={top - 6} y2={bottom - rowGap + 6} stroke={palette.open} />
      {categories.map(({ category, label }, row) => {
        const y = top + row * rowHeight(shift);
        const middle = y + (rowHeight(shift) - rowGap) / 2 + 4;
        const change = changes.find((one) => one.category === category)?.change ?? null;
        return (
          <g key={category}>
            <Text x={left - 10} y={middle} anchor="end" within={labelWidth - 10}>
              {label}
            </Text>
            {versions.map((version, index) => (
              <VersionBar
                // biome-ignore lint/suspicious/noArrayIndexKey: two versions may have the same name, if a file is compared with itself
                key={`${index} ${version.name}`}
                version={version}
                index={index}
                category={category}
                x={left}
                y={y + index * (barHeight + barGap)}
                scale={inner / most}
                onBar={onBar}
              />
            ))}
            {changed ? (
              <Text x={width - edge} y={middle} anchor="end" size={font.small}>
                {formatSigned(change)}
              </Text>
            ) : null}
          </g>
        );
      })}
      <HatchNotes y={bottom} notes={notesOf(shift)} width={width} />
    </Surface>
  );
}

interface VersionBarProps {
  readonly version: CategoryShift["versions"][number];
  readonly index: number;
  readonly category: NameCategory;
  readonly x: number;
  readonly y: number;
  /** Pixels per share of 1. */
  readonly scale: number;
  readonly onBar: ShiftFigureProps["onBar"];
}

function VersionBar({ version, index, category, x, y, scale, onBar }: VersionBarProps): ReactNode {
  const palette = usePalette();
  const bar = version.categories.bars.find((one) => one.category === category);
  const { fill, ink } = versionColor(palette, index);
  if (bar === undefined) return null;
  const length = (bar.share ?? 0) * scale;
  const words =
    bar.share === null
      ? version.unscored > 0
        ? "– unscored"
        : "– no names"
      : `${formatShare(bar.share)} · ${formatCount(bar.count)}`;
  return (
    <g>
      <rect data-share={`${index} ${category}`} x={x} y={y} width={length} height={barHeight} fill={fill} />
      <Text x={x + length + 8} y={y + 12.5} size={font.small} fill={ink}>
        {words}
      </Text>
      <Hits>
        <Hit
          id={`${index} ${category}`}
          lines={[
            `${version.name}, ${bar.label}`,
            `${pluralize(bar.count, "name")}, ${formatShare(bar.share)} of ${formatCount(version.categories.names)}`,
          ]}
          x={x}
          y={y - barGap / 2}
          width={length + valueWidth}
          height={barHeight + barGap}
          onPick={onBar === undefined ? undefined : () => onBar(category, index)}
        />
      </Hits>
    </g>
  );
}
