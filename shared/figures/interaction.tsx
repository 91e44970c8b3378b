import { createContext, type KeyboardEvent, type ReactNode, useContext, useEffect, useState } from "react";
import { ZIndexLayer } from "recharts";
import { usePalette } from "./palette.ts";
import { plain } from "./words.ts";

/** The exact value behind a mark, in words, and where the mark lies in the figure, in pixels. */
export interface MarkValue {
  readonly id: string;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Interaction {
  /** Null: nothing is under the pointer and nothing has the focus. */
  readonly onShow: (value: MarkValue | null) => void;
  /** Marks were drawn, or drawn anew: Recharts does so some time after the figure was asked for. */
  readonly onDrawn: () => void;
}

/** Null, the default: the figure is only drawn, as for terminal and report. */
export const InteractionContext = createContext<Interaction | null>(null);

/** What a figure's marks answer to; `InteractiveFigure` moves the focus among them by arrow keys. */
export const hitAttribute = "data-hit";

/** Over bars and points, which Recharts draws above everything else; below nothing. */
const above = 2100;

/** Holds a plot's marks. Adds nothing where the figure is only drawn. */
export function Hits({ children }: { readonly children: ReactNode }): ReactNode {
  const interaction = useContext(InteractionContext);
  if (interaction === null) return null;
  return (
    <ZIndexLayer zIndex={above}>
      {children}
      <Drawn tell={interaction.onDrawn} />
    </ZIndexLayer>
  );
}

function Drawn({ tell }: { readonly tell: () => void }): ReactNode {
  useEffect(tell);
  return null;
}

interface HitProps extends MarkValue {
  /** What Enter, Space or a click does. */
  readonly onPick?: (() => void) | undefined;
}

/** A mark's place that shows its exact value on hover and focus; drawn only in an interactive figure. */
export function Hit({ id, lines, x, y, width, height, onPick }: HitProps): ReactNode {
  const interaction = useContext(InteractionContext);
  const { focus } = usePalette();
  const [focused, setFocused] = useState(false);
  if (interaction === null) return null;
  const words = lines.map(plain);
  const show = (): void => interaction.onShow({ id, lines: words, x, y, width, height });
  const hide = (): void => interaction.onShow(null);
  const pickByKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onPick?.();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role is given below, by what it does.
    <rect
      {...{ [hitAttribute]: id }}
      role={onPick === undefined ? "img" : "button"}
      aria-label={words.join(", ")}
      tabIndex={-1}
      x={x}
      y={y}
      width={Math.max(0, width)}
      height={Math.max(0, height)}
      rx={4}
      fill="transparent"
      stroke={focused ? focus : "none"}
      strokeWidth={2}
      style={{ cursor: onPick === undefined ? "default" : "pointer", outline: "none" }}
      onMouseEnter={show}
      onMouseLeave={hide}
      onFocus={() => {
        setFocused(true);
        show();
      }}
      onBlur={() => {
        setFocused(false);
        hide();
      }}
      onClick={onPick}
      onKeyDown={onPick === undefined ? undefined : pickByKey}
    />
  );
}
