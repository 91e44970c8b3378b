import { expect, test } from "vitest";
import { RowFilterSchema } from "../../../shared/schema/evaluationRows.ts";
import { conditionsOf, filterOf, paramsOf, rowOf, rowText, sortOf, sortText } from "./filterUrl.ts";

const inUrl = (filter: ReturnType<typeof filterOf>) =>
  new URLSearchParams(
    Object.entries(paramsOf(filter)).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );

test("filterOf restores a filter written by paramsOf, whatever its slices are called", () => {
  const filter = RowFilterSchema.parse({
    outcomes: ["refused", "malformed"],
    cells: ["missed_inappropriate"],
    slices: ["", "a, b-c", "ü&=%"],
    categories: ["good"],
    score: { from: 0.25, to: 1 },
    onlyFailures: true,
    onlyOverridden: true,
    text: "a, b & c",
  });
  expect(filterOf(inUrl(filter))).toEqual(filter);
  expect(conditionsOf(filter)).toBe(7);
  expect([...inUrl(RowFilterSchema.parse({}))]).toEqual([]);
});

test("filterOf ignores invalid parameters and keeps the rest", () => {
  const filter = filterOf(new URLSearchParams("outcome=exploded&cell=ok&score=2-9&only=failures"));
  expect(filter).toEqual(RowFilterSchema.parse({ cells: ["ok"], onlyFailures: true }));
  expect(filterOf(new URLSearchParams("slice=100%25"))).toEqual(RowFilterSchema.parse({ slices: ["100%"] }));
});

test("sortOf and rowOf parse valid text and fall back for the rest", () => {
  expect(sortText(sortOf("score-desc"))).toBe("score-desc");
  expect(sortText(sortOf("nonsense"))).toBeNull();
  expect(rowOf("12")).toEqual({ row: 12, sample: 0 });
  expect(rowText({ row: 12, sample: 2 })).toBe("12.2");
  expect(rowOf("12.x")).toBeNull();
});
