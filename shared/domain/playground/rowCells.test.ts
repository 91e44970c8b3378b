import { expect, it } from "vitest";
import { newRowProblems, rowCells } from "./rowCells.ts";

const five = ["bread-box", "my-oven", "truebread", "bakelane", "crustworks"];

it("puts a row into the file's columns", () => {
  expect(rowCells(["Suggestions", "slice", "description"], { description: "a, b", names: five })).toEqual([
    JSON.stringify(five),
    "",
    "a, b",
  ]);
  expect(rowCells(["description"], { description: "a", names: [] })).toBeNull();
});

it("a refusal has an empty list", () => {
  expect(rowCells(["description", "suggestions"], { description: "a", names: [] })).toEqual(["a", "[]"]);
  expect(newRowProblems({ description: "a", names: [] })).toEqual([]);
});

it("reports broken rules", () => {
  expect(newRowProblems({ description: "a", names: five })).toEqual([]);
  expect(newRowProblems({ description: " ", names: five })).toEqual(["The description is empty"]);
  expect(newRowProblems({ description: "a", names: ["Bad Name", ...five.slice(1)] }).join()).toContain(
    '"Bad Name"',
  );
  expect(newRowProblems({ description: "a", names: five.slice(1) })).toHaveLength(1);
});
