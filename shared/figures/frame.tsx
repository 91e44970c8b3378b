import type { ReactNode } from "react";
import { usePalette, type VersionColor } from "./palette.ts";
import { fitted, textWidth, wrapped } from "./textWidth.ts";
import { edge, font } from "./tokens.ts";
import { plain } from "./words.ts";

interface TextProps {
  readonly x: number;
  readonly y: number;
  readonly children: string;
  readonly size?: number;
  readonly fill?: string;
  readonly anchor?: "start" | "middle" | "end";
  /** Maximum width in pixels. Longer text is truncated, with the full text on hover. */
  readonly within?: number;
}

/** Draws one line of text with its baseline at `y`. */
export function Text(props: TextProps): ReactNode {
  const { ink, family } = usePalette();
  const { x, y, children, size = font.work, fill = ink, anchor = "start", within } = props;
  const text = plain(children);
  const shown = within === undefined ? text : fitted(text, size, within);
  return (
    <text x={x} y={y} fontFamily={family} fontSize={size} fill={fill} textAnchor={anchor}>
      {shown === text ? null : <title>{text}</title>}
      {shown}
    </text>
  );
}

/** Draws the reason for a missing mark in the plot, on paper so that no grid line crosses it. */
export function Reason(props: { x: number; y: number; within: number; children: string }): ReactNode {
  const color = usePalette();
  const text = fitted(plain(props.children), font.small, props.within);
  return (
    <g>
      <rect
        x={props.x - 4}
        y={props.y - 13}
        width={textWidth(text, font.small) + 8}
        height={18}
        fill={color.paper}
      />
      <Text x={props.x} y={props.y} size={font.small} fill={color.muted} within={props.within}>
        {props.children}
      </Text>
    </g>
  );
}

/** Returns the height of the heading with its subtitles, in pixels from the top edge. */
export function headingHeight(lines: number): number {
  return edge + 20 + lines * 18 + 14;
}

interface HeadingProps {
  readonly width: number;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Draws the paper, the title, and the subtitles. */
export function Heading({ width, title, lines }: HeadingProps): ReactNode {
  const color = usePalette();
  const within = width - 2 * edge;
  return (
    <g>
      <Text x={edge} y={edge + 14} size={font.title} within={within}>
        {title}
      </Text>
      {lines.map((line, index) => (
        <Text
          key={line}
          x={edge}
          y={edge + 36 + index * 18}
          size={font.small}
          fill={color.muted}
          within={within}
        >
          {line}
        </Text>
      ))}
    </g>
  );
}

/** Draws the background. */
export function Paper({ width, height }: { readonly width: number; readonly height: number }): ReactNode {
  const color = usePalette();
  return <rect x={0} y={0} width={width} height={height} fill={color.paper} />;
}

/** The SVG root of a figure without a plot, which therefore has no Recharts surface. */
export function Surface(props: {
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}): ReactNode {
  const { width, height, children } = props;
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: its frame has the label; a title would appear over every mark
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <Paper width={width} height={height} />
      {children}
    </svg>
  );
}

/** Defines the hatch for unscored values. */
export function HatchPattern(): ReactNode {
  const color = usePalette();
  return (
    <defs>
      <pattern id={hatchId} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={6} height={6} fill={color.paper} />
        <rect width={2} height={6} fill={color.hatch} />
      </pattern>
    </defs>
  );
}

const hatchId = "namewright-hatch";

/** Draws a hatched rectangle for values that are counted but not measured. */
export function Hatched(props: { x: number; y: number; width: number; height: number }): ReactNode {
  const color = usePalette();
  return <rect {...props} className="hatched" fill={`url(#${hatchId})`} stroke={color.open} />;
}

export const noteHeight = 22;

/** Draws the notes below the plot, each with a hatched swatch because each is about omitted values. */
export function HatchNotes({ y, notes, width }: { y: number; notes: readonly string[]; width: number }) {
  const color = usePalette();
  return (
    <g>
      {notes.map((note, index) => (
        <g key={note}>
          <Hatched x={edge} y={y + index * noteHeight} width={22} height={12} />
          <Text
            x={edge + 32}
            y={y + 11 + index * noteHeight}
            size={font.small}
            within={width - 2 * edge - 32}
            fill={color.muted}
          >
            {note}
          </Text>
        </g>
      ))}
    </g>
  );
}

/** The most that a legend shows of one text, in pixels. */
const longestEntry = 260;

interface LegendProps {
  readonly mark: "circle" | "square";
  readonly entries: readonly (VersionColor & { readonly text: string })[];
  readonly y: number;
}

/** Draws a legend on one line: each mark with its text. */
export function Legend({ mark, entries, y }: LegendProps): ReactNode {
  let x = edge;
  return (
    <g>
      {entries.map(({ text, fill, ink }, index) => {
        const at = x;
        x += Math.min(longestEntry, textWidth(text, font.small)) + 36;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two versions may have the same name, if a file is compared with itself
          <g key={`${index} ${text}`}>
            {mark === "circle" ? (
              <circle cx={at + 6} cy={y - 4} r={5} fill={fill} />
            ) : (
              <rect x={at} y={y - 10} width={12} height={12} fill={fill} />
            )}
            <Text x={at + 18} y={y} size={font.small} fill={ink} within={longestEntry}>
              {text}
            </Text>
          </g>
        );
      })}
    </g>
  );
}

/** Draws a label of one or two lines, centered on `y`. */
export function WrappedLabel(props: { x: number; y: number; within: number; children: string }): ReactNode {
  const text = plain(props.children);
  const lines = wrapped(text, font.work, props.within, 2);
  const first = props.y + 4.5 - ((lines.length - 1) * 16) / 2;
  return (
    <g>
      <title>{text}</title>
      {lines.map((line, index) => (
        <Text key={line} x={props.x} y={first + index * 16}>
          {line}
        </Text>
      ))}
    </g>
  );
}
