import { expect, it } from "vitest";
import type { EngineInfo } from "../../schema/inference.ts";
import type { PlaygroundEvent } from "../../schema/suggest.ts";
import { columnsAfter, stoppedColumns, waitingColumns } from "./columns.ts";

const engine: EngineInfo = {
  engine: "fake",
  precision: "F16",
  gpu: null,
  threads: 1,
  lanes: 4,
  contextSize: 1024,
  vocabularySize: 10,
};
const started = (version: string): PlaygroundEvent => ({
  kind: "started",
  version,
  promptTokens: 12,
  engine,
});
const text = (version: string, so: string): PlaygroundEvent => ({ kind: "text", version, text: so });
const done = (version: string): PlaygroundEvent => ({
  kind: "done",
  version,
  suggestion: {
    description: "d",
    refused: true,
    malformed: false,
    cutOff: false,
    refusalProbability: 0.9,
    names: [],
    findings: [],
    latencyMs: 3,
  },
  text: "",
  stop: "end",
  tokens: 0,
  adapter: null,
  base: { name: "tiny", hash: "h" },
});
const after = (events: readonly PlaygroundEvent[], versions = ["base", "v1"]) =>
  events.reduce(columnsAfter, waitingColumns(versions));

it("updates each version independently", () => {
  const columns = after([started("base"), text("base", "bre"), done("base"), started("v1"), text("v1", "x")]);
  expect(columns.map(({ state }) => state.kind)).toEqual(["done", "writing"]);
  expect(columns[0]?.state).toMatchObject({ promptTokens: 12, answer: { base: { name: "tiny" } } });
});

it("tells waiting versions what uses the accelerator, and doesn't change generating ones", () => {
  const columns = after([started("base"), { kind: "waiting", holder: "run-7" }]);
  expect(columns.map(({ state }) => state)).toMatchObject([
    { kind: "writing" },
    { kind: "waiting", holder: "run-7", loading: false },
  ]);
  const loading = after([{ kind: "waiting", holder: "run-7" }, { kind: "loading" }]);
  expect(loading[0]?.state).toEqual({ kind: "waiting", holder: null, loading: true });
});

it("keeps other versions when one fails, and ignores unknown versions", () => {
  const failure = { code: "missing", message: "gone" } as const;
  const columns = after([{ kind: "failed", version: "v1", failure }, text("v9", "x"), started("base")]);
  expect(columns.map(({ state }) => state.kind)).toEqual(["writing", "failed"]);
});

it("keeps received text after a stop", () => {
  const columns = stoppedColumns(after([started("base"), text("base", "bread-")]));
  expect(columns.map(({ state }) => state)).toEqual([
    { kind: "stopped", text: "bread-" },
    { kind: "stopped", text: "" },
  ]);
});

it("replaces received text when a stream restarts after a lost connection", () => {
  const columns = after([started("base"), text("base", "abc"), started("base"), text("base", "a")]);
  expect(columns[0]?.state).toMatchObject({ kind: "writing", text: "a" });
});
