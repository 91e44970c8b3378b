import type { GridColumn, GridRange } from "./gridTypes.ts";

/** A cell by the positions of its row and its column on screen, both from 0. */
export interface GridPlace {
  readonly position: number;
  readonly at: number;
}

/** A selected range: where the selection started and where it ended. */
export interface Selection {
  readonly anchor: GridPlace;
  readonly head: GridPlace;
}

/** Returns the corners of a selection in order. */
function cornersOf({ anchor, head }: Selection) {
  return {
    first: Math.min(anchor.position, head.position),
    last: Math.max(anchor.position, head.position),
    left: Math.min(anchor.at, head.at),
    right: Math.max(anchor.at, head.at),
  };
}

export function rangeOf(selection: Selection, columns: readonly GridColumn[]): GridRange {
  const { first, last, left, right } = cornersOf(selection);
  return { first, last, columns: columns.slice(left, right + 1).map(({ index }) => index) };
}

export function isSelected(selection: Selection | null, position: number, at: number): boolean {
  if (selection === null) return false;
  const { first, last, left, right } = cornersOf(selection);
  return position >= first && position <= last && at >= left && at <= right;
}

/** Returns where an arrow key moves the end of a selection; with `far`, to the edge. Null for other keys. */
export function moved(
  from: GridPlace,
  key: string,
  { rows, columns, far }: { rows: number; columns: number; far: boolean },
): GridPlace | null {
  const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  const step = (count: number, by: number, now: number) =>
    far ? (by < 0 ? 0 : count - 1) : within(now + by, count);
  switch (key) {
    case "ArrowUp":
      return { ...from, position: step(rows, -1, from.position) };
    case "ArrowDown":
      return { ...from, position: step(rows, 1, from.position) };
    case "ArrowLeft":
      return { ...from, at: step(columns, -1, from.at) };
    case "ArrowRight":
      return { ...from, at: step(columns, 1, from.at) };
    default:
      return null;
  }
}

/** Returns the next cell for Tab, or for Shift+Tab if `backwards`. After the last column comes the next row. */
export function tabbed(from: GridPlace, backwards: boolean, rows: number, columns: number): GridPlace {
  const flat = from.position * columns + from.at + (backwards ? -1 : 1);
  const next = Math.max(0, Math.min(rows * columns - 1, flat));
  return { position: Math.floor(next / columns), at: next % columns };
}
