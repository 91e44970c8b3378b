import { expect, it } from "vitest";
import { askAboutRuns, Leaving, type LeavingChoice } from "./quitGuard.ts";

const run = {
  id: "r",
  kind: "training",
  title: "train v2",
  status: "running",
  reason: null,
  progress: null,
} as const;

/** A program with so many runs, whose person answers with these choices; what it did, in order. */
function program(live: number, choices: LeavingChoice[] = []) {
  const did: string[] = [];
  const state = { live };
  const leaving: Leaving = new Leaving({
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
      await leaving.runsChanged();
    },
    end: () => did.push(leaving.closed ? "end" : "end too early"),
  });
  return { did, state, leaving };
}

it("quits immediately and only once if nothing is running", async () => {
  const { did, leaving } = program(0);
  await Promise.all([leaving.request(), leaving.request()]);
  await leaving.request();
  expect(did).toEqual(["stop", "end"]);
});

it("asks if a run is active, then stays, or stops the run and quits", async () => {
  const { did, leaving } = program(1, ["stay", "stop"]);
  await leaving.request();
  expect(did).toEqual(["ask"]);
  expect(leaving.closed).toBe(false);
  await leaving.request();
  expect(did).toEqual(["ask", "ask", "stop", "end"]);
});

it("asks one question at a time", async () => {
  const { did, leaving } = program(1, ["stay"]);
  await Promise.all([leaving.request(), leaving.request()]);
  expect(did).toEqual(["ask"]);
});

it("moves to the background and quits after the last run", async () => {
  const { did, state, leaving } = program(2, ["background"]);
  await leaving.request();
  state.live = 1;
  await leaving.runsChanged();
  expect(did).toEqual(["ask", "to background"]);
  state.live = 0;
  await leaving.runsChanged();
  expect(did).toEqual(["ask", "to background", "stop", "end"]);
});

it("returns from the background and stays open when the runs end", async () => {
  const { did, state, leaving } = program(1, ["background"]);
  leaving.comeBack();
  await leaving.request();
  leaving.comeBack();
  state.live = 0;
  await leaving.runsChanged();
  expect(did).toEqual(["ask", "to background", "from background"]);
});

it("returns while the question is open and stays open when the runs end", async () => {
  const { did, state, leaving } = program(1, ["background", "stay"]);
  await leaving.request();
  const asked = leaving.request();
  leaving.comeBack();
  leaving.comeBack();
  await asked;
  state.live = 0;
  await leaving.runsChanged();
  expect(did).toEqual(["ask", "to background", "ask", "from background"]);
});

it("moves to the background again if that is the answer after returning", async () => {
  const { did, leaving } = program(1, ["background", "background"]);
  await leaving.request();
  const asked = leaving.request();
  leaving.comeBack();
  await asked;
  expect(did).toEqual(["ask", "to background", "ask", "from background", "to background"]);
});

it("doesn't move to the background for a run that ended while the question was open", async () => {
  const { did, state, leaving } = program(1, ["background"]);
  const asked = leaving.request();
  state.live = 0;
  await asked;
  expect(did).toEqual(["ask", "stop", "end"]);
});

it("quits even if stopping fails", async () => {
  const did: string[] = [];
  const leaving = new Leaving({
    live: () => [],
    ask: async () => "stop",
    toBackground: () => {},
    fromBackground: () => {},
    close: () => Promise.reject(new Error("a worker hangs")),
    end: () => did.push("end"),
  });
  await expect(leaving.request()).rejects.toThrow("a worker hangs");
  expect(did).toEqual(["end"]);
});

it("offers to stop, to continue in the background or to cancel, and cancels when closed", async () => {
  const answers = [0, 1, 2, -1];
  const ask = async () => answers.shift() ?? 0;
  const chosen: LeavingChoice[] = [];
  for (let turn = 0; turn < 4; turn += 1) chosen.push(await askAboutRuns({ ask }, [run]));
  expect(chosen).toEqual(["stop", "background", "stay", "stay"]);
});
