import { type KeyboardEvent, type ReactNode, useMemo, useRef } from "react";
import { hitAttribute, InteractionContext, type MarkValue } from "./interaction.tsx";

export interface InteractiveFigureProps {
  /** The label for screen readers. */
  readonly label: string;
  readonly onShow: (value: MarkValue | null) => void;
  readonly children: ReactNode;
}

/**
 * Makes a figure's marks interactive: exact values on hover and focus, one tab stop, arrow keys, Home and End between
 * marks, Enter and Space to select, Escape to leave.
 */
export function InteractiveFigure({ label, onShow, children }: InteractiveFigureProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const interaction = useMemo(() => ({ onShow, onDrawn: () => holdOneTabStop(frame.current) }), [onShow]);
  return (
    <InteractionContext value={interaction}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      <div ref={frame} role="group" aria-label={label} onKeyDown={(event) => move(event, frame.current)}>
        {children}
      </div>
    </InteractionContext>
  );
}

function marksIn(frame: HTMLElement | null): SVGElement[] {
  return [...(frame?.querySelectorAll<SVGElement>(`[${hitAttribute}]`) ?? [])];
}

/** Makes one mark the figure's tab stop: the one that last had the focus, otherwise the first. */
function holdOneTabStop(frame: HTMLElement | null): void {
  const marks = marksIn(frame);
  const current = marks.find((mark) => mark.getAttribute("tabindex") === "0") ?? marks[0];
  for (const mark of marks) mark.setAttribute("tabindex", mark === current ? "0" : "-1");
}

function placeAfter(key: string, place: number, count: number): number | null {
  switch (key) {
    case "ArrowRight":
    case "ArrowDown":
      return Math.min(count - 1, place + 1);
    case "ArrowLeft":
    case "ArrowUp":
      return Math.max(0, place - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

function move(event: KeyboardEvent, frame: HTMLElement | null): void {
  const marks = marksIn(frame);
  const place = marks.indexOf(event.target as SVGElement);
  if (place < 0) return;
  if (event.key === "Escape") {
    marks[place]?.blur();
    return;
  }
  const next = placeAfter(event.key, place, marks.length);
  if (next === null) return;
  event.preventDefault();
  for (const mark of marks) mark.setAttribute("tabindex", mark === marks[next] ? "0" : "-1");
  marks[next]?.focus();
}
