import { expect, it } from "vitest";
import type { OverviewAdapter, OverviewResults, Stale } from "../../schema/overview.ts";
import { promptQuestion } from "./promptQuestion.ts";

const adapter = (version: string) => ({ version }) as OverviewAdapter;
const results = (version: string) => ({ version }) as OverviewResults;
const facts = { adapters: [adapter("v1"), adapter("v2")], results: [], stale: [], decided: null };
const decided = { decision: "undecided" as const, rows: 230, metrics: [], looks: { used: 2, budget: 5 } };

it("asks nothing before an adapter exists", () => {
  expect(promptQuestion({ ...facts, adapters: [] })).toBeNull();
});

it("leads from the missing results to the comparison of the newest adapter", () => {
  const labels = [[], [results("prompted")], [results("prompted"), results("v2")]].map(
    (all) => promptQuestion({ ...facts, results: all })?.next?.label,
  );
  expect(labels).toEqual(["Evaluate the prompted base", "Evaluate v2", "Compare prompted with v2"]);
});

it("shows what the comparison said and no next step", () => {
  const all = [results("prompted"), results("v2")];
  expect(promptQuestion({ ...facts, results: all, decided })).toEqual({
    baseline: "prompted",
    candidate: "v2",
    decided,
    next: null,
  });
});

it("asks for new results of a prompted base that is out of date", () => {
  const stale: Stale[] = [
    { what: "results", version: "prompted", code: "prompt-changed", message: "The prompt changed." },
  ];
  const all = [results("prompted"), results("v2")];
  const question = promptQuestion({ ...facts, results: all, stale, decided });
  expect(question).toMatchObject({ decided: null, next: { label: "Evaluate the prompted base again" } });
});

it("asks for new results of an adapter that changed, and hides what the old ones said", () => {
  const stale: Stale[] = [{ what: "results", version: "v2", code: "adapter-changed", message: "Retrained." }];
  const all = [results("prompted"), results("v2")];
  expect(promptQuestion({ ...facts, results: all, stale, decided })).toMatchObject({
    decided: null,
    next: { label: "Evaluate v2 again", words: "Retrained." },
  });
});

it("takes the prompted base under the grammar where only that one has results", () => {
  const pairOf = (...versions: string[]) =>
    promptQuestion({ ...facts, results: [...versions, "v2"].map(results) })?.baseline;
  expect(pairOf("prompted+grammar")).toBe("prompted+grammar");
  expect(pairOf("prompted", "prompted+grammar")).toBe("prompted");
});

it("asks about all seeds of the newest version together", () => {
  const adapters = [adapter("v1"), adapter("v2.1"), adapter("v2.2")];
  const labels = [[], ["v2.1"], ["v2.1", "v2.2"]].map(
    (seeds) =>
      promptQuestion({ ...facts, adapters, results: ["prompted", ...seeds].map(results) })?.next?.label,
  );
  expect(labels).toEqual(["Evaluate v2.1", "Evaluate v2.2", "Compare prompted with v2"]);
});
