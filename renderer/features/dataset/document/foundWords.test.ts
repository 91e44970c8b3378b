import { expect, test } from "vitest";
import { foundWords } from "./foundWords.ts";

const found = (cells: number, occurrences: number, listed = cells) => ({
  revision: 0,
  cells,
  occurrences,
  listed: Array.from({ length: listed }, (_, position) => ({ row: position, column: 0, position })),
});

test("cells are counted among cells, and places stand beside them", () => {
  expect(foundWords(found(5, 12), -1)).toBe("12 places in 5 cells");
  expect(foundWords(found(5, 12), 4)).toBe("Cell 5 of 5, 12 places");
  expect(foundWords(found(1, 1), 0)).toBe("Cell 1 of 1, 1 place");
  expect(foundWords(found(0, 0), -1)).toBe("Nothing found");
});

test("who goes through the first cells only is told so", () => {
  expect(foundWords(found(2345, 4000, 1000), 999)).toBe(
    "Cell 1,000 of 2,345, 4,000 places; gone through: the first 1,000 cells",
  );
});
