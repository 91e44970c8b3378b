import path from "node:path";
import type Electron from "electron";
import { z } from "zod";
import type { FileLayer } from "../../services/files/fileLayer.ts";

export const smallest = { width: 1024, height: 700 } as const;
const usual = { width: 1440, height: 900 } as const;
/** The part of the title bar that must stay visible so that the user can move the window, in pixels. */
const grip = 80;

const WindowStateSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowStateSchema>;
type Rectangle = Electron.Rectangle;

/**
 * Returns the window's position: the saved one, fitted to its display and reachable on some display, otherwise centered
 * on the primary display. The first of `workAreas` is the primary display's.
 */
export function placeWindow(kept: WindowState | null, workAreas: readonly Rectangle[]): WindowState {
  const { width, height, maximized } = kept ?? { ...usual, maximized: false };
  const fitted = (area: Rectangle) => ({
    width: Math.min(width, area.width),
    height: Math.min(height, area.height),
  });
  if (kept !== null) {
    // Shrink first: the part that is cut off may be the only reachable one.
    const places = workAreas.map((area) => ({ place: { ...kept, ...fitted(area) }, area }));
    const within = places.find(({ place, area }) => isReachable(place, area));
    if (within !== undefined) return within.place;
  }
  const [area] = workAreas;
  if (area === undefined) return { x: 0, y: 0, width, height, maximized };
  const size = fitted(area);
  const x = area.x + Math.floor((area.width - size.width) / 2);
  const y = area.y + Math.floor((area.height - size.height) / 2);
  return { x, y, ...size, maximized };
}

function isReachable({ x, y, width }: WindowState, area: Rectangle): boolean {
  const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return shown >= grip && y >= area.y && y <= area.y + area.height - grip;
}

/** Saves the window's position between starts. Errors are ignored. */
export class WindowStateFile {
  readonly #files: FileLayer;
  readonly #file: string;

  constructor(files: FileLayer, folder: string) {
    this.#files = files;
    this.#file = path.join(folder, "window.json");
  }

  async read(): Promise<WindowState | null> {
    try {
      return WindowStateSchema.parse(JSON.parse(await this.#files.readText(this.#file)));
    } catch {
      return null;
    }
  }

  /** Saves the normal bounds, so that a maximized window can be restored to its size. */
  async keep(window: Pick<Electron.BrowserWindow, "getNormalBounds" | "isMaximized">): Promise<void> {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    await this.#files.writeAtomic(this.#file, `${JSON.stringify(state)}\n`).catch(() => {});
  }
}
