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

/** A process that answers as the test says. */
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

describe("drawing figures", () => {
  test("one process for a batch, ended after it, figures in the order asked", async () => {
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

  test("nothing to draw starts no process", async () => {
    const { state, platform } = platformWith(() => {});
    expect(await drawFigures(platform, [])).toEqual([]);
    expect(state.launched).toBe(0);
  });

  test.each([
    ["cannot draw it", { kind: "failed", id: 1, message: "no such font" }, "no such font"],
    ["answers nonsense", { kind: "drawn", id: 1, svg: 5 }, "couldn't read a reply"],
  ])("a process that %s is a defect, and is ended", async (_, message, words) => {
    const { state, platform } = platformWith((_request, answer) => answer(message));
    await expect(drawFigures(platform, drawings)).rejects.toMatchObject({
      code: "defect",
      message: expect.stringContaining(words),
    });
    expect(state.killed).toBe(1);
  });

  test("a process that dies is a defect", async () => {
    const { state, platform } = platformWith((_message, _answer, exit) => exit(null, "SIGSEGV"));
    await expect(drawFigures(platform, drawings)).rejects.toMatchObject({
      code: "defect",
      message: expect.stringContaining("SIGSEGV"),
    });
    expect(state.killed).toBe(1);
  });

  test("a process that hangs is given up and ended", async () => {
    const { state, platform } = platformWith(() => {});
    await expect(drawFigures(platform, drawings, { silenceMs: 30 })).rejects.toMatchObject({
      code: "defect",
      message: expect.stringContaining("didn't respond"),
    });
    expect(state.killed).toBe(1);
  });
});
