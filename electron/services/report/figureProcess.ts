import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import {
  type FigureDrawing,
  type FigureEvent,
  FigureEventSchema,
  type FigureRequest,
} from "../../../shared/schema/figure.ts";
import type { Platform, WorkerPort } from "../platform.ts";

/** A figure as a file of vectors and as one of pixels. */
export interface DrawnFigure {
  readonly svg: string;
  readonly png: Uint8Array;
}

/** For these the figures are laid out, in CSS pixels; the PNG has twice as many for sharp print. */
const width = 960;
const scale = 2;
/** Silence after which the process counts as hanging, in ms: it starts in about two seconds on a slow machine. */
const silenceMs = 60_000;

export interface DrawOptions {
  readonly silenceMs?: number;
}

/**
 * Draws figures in a process of their own, which ends with the batch: what stands in for a browser there must not
 * meet the rest of the program. Resolves in the order asked.
 * Throws Failure `defect` where a figure cannot be drawn or the process dies or hangs.
 */
export async function drawFigures(
  platform: Pick<Platform, "launchWorker" | "paths">,
  drawings: readonly FigureDrawing[],
  options: DrawOptions = {},
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
      reject(new Failure("defect", `the figures could not be drawn: ${reason}`, { hint }));
    };
    const watch = (): void => {
      clearTimeout(timer);
      timer = setTimeout(
        () => fail(`their process said nothing for ${Math.round(silence / 1000)} s`),
        silence,
      );
    };
    port.onExit((code, signal) => fail(`their process ended (${signal ?? `exit code ${code}`})`));
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

const hint = "No file was written. If `out/figures.js` is missing, make it with `npm run build`.";

function readEvent(message: unknown): FigureEvent {
  const parsed = FigureEventSchema.safeParse(message);
  if (parsed.success) return parsed.data;
  return { kind: "failed", id: 1, message: `an answer cannot be read: ${issueWords(parsed.error, message)}` };
}
