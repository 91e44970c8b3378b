import { expect, test } from "vitest";
import { csvOfTable } from "./chartTable.ts";

test("csvOfTable writes all digits, undefined values as empty cells, and text unchanged", () => {
  const csv = csvOfTable({
    columns: [{ name: "slice" }, { name: "share", numeric: true }],
    rows: [
      ['say "hi", twice', { exact: 1 / 3, shown: "0.333" }],
      ["none", { exact: null, shown: "–" }],
    ],
  });
  expect(csv).toBe('slice,share\n"say ""hi"", twice",0.3333333333333333\nnone,\n');
});
