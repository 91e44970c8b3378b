import { expect, test } from "vitest";
import { describeFound } from "./describeFound.ts";

const found = (cells: number, occurrences: number, listed = cells) => ({
  revision: 0,
  cells,
  occurrences,
  listed: Array.from({ length: listed }, (_, position) => ({ row: position, column: 0, position })),
});

test("describeFound counts cells and matches", () => {
  expect(describeFound(found(5, 12), -1)).toBe("12 matches in 5 cells");
  expect(describeFound(found(5, 12), 4)).toBe("Cell 5 of 5, 12 matches");
  expect(describeFound(found(1, 1), 0)).toBe("Cell 1 of 1, 1 match");
  expect(describeFound(found(0, 0), -1)).toBe("No matches");
});

test("describeFound says that only the first cells are listed", () => {
  expect(describeFound(found(2345, 4000, 1000), 999)).toBe(
    "Cell 1,000 of 2,345, 4,000 matches (only the first 1,000 cells are listed)",
  );
});
