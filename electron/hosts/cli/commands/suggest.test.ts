import { expect, it } from "vitest";
import type { GeneratedRow } from "../../../../shared/schema/inference.ts";
import { suggestionOf } from "../../../services/playground/suggestion.ts";
import { suggestText } from "./suggest.ts";

/** The text that the terminal shows for what a model generated. */
function shown(text: string, stop: GeneratedRow["stop"]): string {
  const row = { key: "0", text, stop, ids: [], nameProbabilities: [], refusalProbability: 0, latencyMs: 1 };
  return suggestText({ version: "base", results: [suggestionOf("a bakery", row, null)] });
}

it("shortens a long malformed answer and says that it was cut off", () => {
  const text = shown("bakery ".repeat(72), "length");
  expect(text).toContain("malformed: cut off at the maximum length");
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(110);
});

it("says that an answer is malformed and shows only the first of many lines", () => {
  const lines = Array.from({ length: 50 }, (_, at) => `name-${at}`);
  const text = shown(lines.join("\n"), "end");
  expect(text).toContain("malformed: not five different valid names");
  expect(text).toContain("and 44 more lines");
});

it("calls five valid names neither malformed nor cut off", () => {
  const text = shown("one-shop\ntwo-shop\nthree-shop\nfour-shop\nfive-shop", "end");
  expect(text).not.toContain("malformed");
  expect(text).toContain("five-shop");
});
