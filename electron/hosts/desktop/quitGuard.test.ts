import { expect, it } from "vitest";
import { askAboutRuns, type QuitChoice, QuitGuard } from "./quitGuard.ts";

const run = {
  id: "r",
  kind: "training",
  title: "train v2",
  status: "running",
  reason: null,
  progress: null,
} as const;

/** A program with so many runs, whose person answers with these choices; what it did, in order. */
function program(live: number, choices: QuitChoice[] = []) {
  const did: string[] = [];
  const state = { live };
  const guard: QuitGuard = new QuitGuard({
    live: () => Array.from({ length: state.live }, () => run),
    ask: async () => {
      did.push("ask");
      return choices.shift() ?? "stay";
    },
    toBackground: () => did.push("to background"),
    fromBackground: () => did.push("from background"),
    close: async () => {
      did.push("stop");
      await Promise.resolve();
      state.live = 0;
      await guard.runsChanged();
    },
    end: () => did.push(guard.closed ? "end" : "end too early"),
  });
  return { did, state, guard };
}

it("quits immediately and only once if nothing is running", async () => {
  const { did, guard } = program(0);
  await Promise.all([guard.request(), guard.request()]);
  await guard.request();
  expect(did).toEqual(["stop", "end"]);
});

it("asks if a run is active, then stays, or stops the run and quits", async () => {
  const { did, guard } = program(1, ["stay", "stop"]);
  await guard.request();
  expect(did).toEqual(["ask"]);
  expect(guard.closed).toBe(false);
  await guard.request();
  expect(did).toEqual(["ask", "ask", "stop", "end"]);
});

it("asks one question at a time", async () => {
  const { did, guard } = program(1, ["stay"]);
  await Promise.all([guard.request(), guard.request()]);
  expect(did).toEqual(["ask"]);
});

it("moves to the background and quits after the last run", async () => {
  const { did, state, guard } = program(2, ["background"]);
  await guard.request();
  state.live = 1;
  await guard.runsChanged();
  expect(did).toEqual(["ask", "to background"]);
  state.live = 0;
  await guard.runsChanged();
  expect(did).toEqual(["ask", "to background", "stop", "end"]);
});

it("returns from the background and stays open when the runs end", async () => {
  const { did, state, guard } = program(1, ["background"]);
  guard.toForeground();
  await guard.request();
  guard.toForeground();
  state.live = 0;
  await guard.runsChanged();
  expect(did).toEqual(["ask", "to background", "from background"]);
});

it("returns while the question is open and stays open when the runs end", async () => {
  const { did, state, guard } = program(1, ["background", "stay"]);
  await guard.request();
  const asked = guard.request();
  guard.toForeground();
  guard.toForeground();
  await asked;
  state.live = 0;
  await guard.runsChanged();
  expect(did).toEqual(["ask", "to background", "ask", "from background"]);
});

it("moves to the background again if that is the answer after returning", async () => {
  const { did, guard } = program(1, ["background", "background"]);
  await guard.request();
  const asked = guard.request();
  guard.toForeground();
  await asked;
  expect(did).toEqual(["ask", "to background", "ask", "from background", "to background"]);
});

it("doesn't move to the background for a run that ended while the question was open", async () => {
  const { did, state, guard } = program(1, ["background"]);
  const asked = guard.request();
  state.live = 0;
  await asked;
  expect(did).toEqual(["ask", "stop", "end"]);
});

it("quits even if stopping fails", async () => {
  const did: string[] = [];
  const guard = new QuitGuard({
    live: () => [],
    ask: async () => "stop",
    toBackground: () => {},
    fromBackground: () => {},
    close: () => Promise.reject(new Error("a worker hangs")),
    end: () => did.push("end"),
  });
  await expect(guard.request()).rejects.toThrow("a worker hangs");
  expect(did).toEqual(["end"]);
});

it("offers to stop, to continue in the background or to cancel, and cancels when closed", async () => {
  const answers = [0, 1, 2, -1];
  const ask = async () => answers.shift() ?? 0;
  const chosen: QuitChoice[] = [];
  for (let turn = 0; turn < 4; turn += 1) chosen.push(await askAboutRuns({ ask }, [run]));
  expect(chosen).toEqual(["stop", "background", "stay", "stay"]);
});
