import { describe, expect, test } from "vitest";
import type { FigureDrawing } from "../../../shared/schema/figure.ts";
import { exampleBaseline, exampleCandidate, exampleModel } from "../../../shared/testing/reportExample.ts";
import type { WorkerPort } from "../platform.ts";
import { drawFigures } from "./figureProcess.ts";

const model = exampleModel(exampleBaseline, exampleCandidate);
const drawings: FigureDrawing[] = [
  { figure: "differences", data: model },
  { figure: "slices", data: model },
];

type Exit = (code: number | null, signal: string | null) => void;

/** Creates a fake process whose replies the test defines. */
function platformWith(onPost: (message: unknown, answer: (message: unknown) => void, exit: Exit) => void) {
  const state = { launched: 0, killed: 0 };
  const launchWorker = (): WorkerPort => {
    state.launched += 1;
    const listeners: { message: (message: unknown) => void; exit: Exit } = {
      message: () => {},
      exit: () => {},
    };
    return {
      post: (message) =>
        queueMicrotask(() =>
          onPost(
            message,
            (answer) => listeners.message(answer),
            (...end) => listeners.exit(...end),
          ),
        ),
      onMessage: (listener) => {
        listeners.message = listener;
      },
      onExit: (listener) => {
        listeners.exit = listener;
      },
      kill: () => {
        state.killed += 1;
      },
      pid: 1,
    };
  };
  const paths = { resources: "/r", userData: "/u", sample: "/s", embeddedBase: "/b" };
  return { state, platform: { launchWorker, paths } };
}

const idOf = (message: unknown): number => (message as { id: number }).id;

describe("drawFigures", () => {
  test("draws a batch in one process, ends it and returns the figures in order", async () => {
    const held: (() => void)[] = [];
    const { state, platform } = platformWith((message, answer) => {
      const id = idOf(message);
      held.unshift(() => answer({ kind: "drawn", id, svg: `<svg id="${id}"/>`, png: new Uint8Array([id]) }));
      if (held.length === drawings.length) for (const release of held) release();
    });
    const drawn = await drawFigures(platform, drawings);
    expect(drawn.map(({ svg }) => svg)).toEqual(['<svg id="1"/>', '<svg id="2"/>']);
    expect(state).toEqual({ launched: 1, killed: 1 });
  });

  test("starts no process without drawings", async () => {
    const { state, platform } = platformWith(() => {});
    expect(await drawFigures(platform, [])).toEqual([]);
    expect(state.launched).toBe(0);
  });

  test.each([
    ["can't draw", { kind: "failed", id: 1, message: "no such font" }, "no such font"],
    ["sends an invalid reply", { kind: "drawn", id: 1, svg: 5 }, "couldn't read a reply"],
  ])("throws a defect and ends a process that %s", async (_, message, words) => {
    const { state, platform } = platformWith((_request, answer) => answer(message));
    await expect(drawFigures(platform, drawings)).rejects.toMatchObject({
      code: "defect",
      message: expect.stringContaining(words),
    });
    expect(state.killed).toBe(1);
  });

  test("throws a defect when the process dies", async () => {
    const { state, platform } = platformWith((_message, _answer, exit) => exit(null, "SIGSEGV"));
    await expect(drawFigures(platform, drawings)).rejects.toMatchObject({
      code: "defect",
      message: expect.stringContaining("SIGSEGV"),
    });
    expect(state.killed).toBe(1);
  });

  test("ends a process that hangs", async () => {
    const { state, platform } = platformWith(() => {});
    await expect(drawFigures(platform, drawings, { silenceMs: 30 })).rejects.toMatchObject({
      code: "defect",
      message: expect.stringContaining("didn't respond"),
    });
    expect(state.killed).toBe(1);
  });
});
