import { createContext, type KeyboardEvent, type ReactNode, useContext, useEffect, useState } from "react";
import { ZIndexLayer } from "recharts";
import { usePalette } from "./palette.ts";
import { plain } from "./words.ts";

/** A mark's exact value as text, and the mark's position in the figure in pixels. */
export interface MarkValue {
  readonly id: string;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Interaction {
  /** Called with the mark that is hovered or focused; null: none. */
  readonly onShow: (value: MarkValue | null) => void;
  /** Called when marks are drawn, which Recharts does some time after the figure's render. */
  readonly onDrawn: () => void;
}

/** Null, the default, for static figures in the terminal and the report. */
export const InteractionContext = createContext<Interaction | null>(null);

/** Marks the hit areas of a figure, among which `InteractiveFigure` moves the focus. */
export const hitAttribute = "data-hit";

/** Above the bars and points, which Recharts draws above everything else. */
const above = 2100;

/** Contains a plot's hit areas. Draws nothing in a static figure. */
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
  /** Called on Enter, Space, or a click. */
  readonly onPick?: (() => void) | undefined;
}

/** A mark's hit area, which shows its exact value on hover and focus. Drawn only in an interactive figure. */
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
    // biome-ignore lint/a11y/noStaticElementInteractions: the role below depends on whether it can be selected
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
