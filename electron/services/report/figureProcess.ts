import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import {
  type FigureDrawing,
  type FigureEvent,
  FigureEventSchema,
  type FigureRequest,
} from "../../../shared/schema/figure.ts";
import type { Platform, WorkerPort } from "../platform.ts";

/** A figure as SVG text and as PNG bytes. */
export interface DrawnFigure {
  readonly svg: string;
  readonly png: Uint8Array;
}

/** Layout width in CSS pixels. The PNG has twice as many for sharp printing. */
const width = 960;
const scale = 2;
/** Silence after which the process counts as hanging, in milliseconds. It starts in about 2 s on a slow machine. */
const silenceMs = 60_000;

/**
 * Draws figures in a separate process, which ends with the batch, because its emulated browser must not affect the rest
 * of the program. Returns the figures in the order of `drawings`.
 * Throws `Failure` `defect` when a figure can't be drawn or the process dies or hangs.
 */
export async function drawFigures(
  platform: Pick<Platform, "launchWorker" | "paths">,
  drawings: readonly FigureDrawing[],
  options: { readonly silenceMs?: number } = {},
): Promise<DrawnFigure[]> {
  if (drawings.length === 0) return [];
  const port = platform.launchWorker("figures");
  try {
    return await answers(
      port,
      drawings.map((drawing, index) => ({
        kind: "draw",
        id: index + 1,
        drawing,
        width,
        height: null,
        scale,
        fontFile: `${platform.paths.resources}/fonts/DejaVuSans.ttf`,
      })),
      options.silenceMs ?? silenceMs,
    );
  } finally {
    port.kill();
  }
}

function answers(
  port: WorkerPort,
  requests: readonly FigureRequest[],
  silence: number,
): Promise<DrawnFigure[]> {
  return new Promise((resolve, reject) => {
    const drawn = new Map<number, DrawnFigure>();
    let timer: NodeJS.Timeout | undefined;
    const fail = (reason: string): void => {
      clearTimeout(timer);
      reject(new Failure("defect", `couldn't draw the figures: ${reason}`, { hint }));
    };
    const watch = (): void => {
      clearTimeout(timer);
      timer = setTimeout(
        () => fail(`the drawing process didn't respond for ${Math.round(silence / 1000)} s`),
        silence,
      );
    };
    port.onExit((code, signal) => fail(`the drawing process ended (${signal ?? `exit code ${code}`})`));
    port.onMessage((message) => {
      const event = readEvent(message);
      if (event.kind === "failed") return fail(event.message);
      drawn.set(event.id, { svg: event.svg, png: event.png });
      if (drawn.size < requests.length) return watch();
      clearTimeout(timer);
      resolve(requests.flatMap(({ id }) => drawn.get(id) ?? []));
    });
    watch();
    for (const request of requests) port.post(request);
  });
}

const hint = "No file was written. If `out/figures.js` is missing, build it with `npm run build`.";

function readEvent(message: unknown): FigureEvent {
  const parsed = FigureEventSchema.safeParse(message);
  if (parsed.success) return parsed.data;
  return { kind: "failed", id: 1, message: `couldn't read a reply: ${issueWords(parsed.error, message)}` };
}
