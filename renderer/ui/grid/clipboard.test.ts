import fc from "fast-check";
import { expect, it } from "vitest";
import { blockText, filledBlock, readBlock } from "./clipboard.ts";

it("gives back any block that it wrote", () => {
  const cell = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."a\t\"\r\n \uFEFF'=") }));
  const block = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(block, (rows) => {
      expect(readBlock(blockText(rows))).toEqual(rows);
    }),
  );
});

it("reads what spreadsheets give: quoted cells with line ends, a last line end, empty lines within", () => {
  expect(readBlock('a\t"two\nlines"\r\n"say ""hi"""\tb\r\n')).toEqual([
    ["a", "two\nlines"],
    ['say "hi"', "b"],
  ]);
  expect(readBlock("a\n\nb")).toEqual([["a"], [""], ["b"]]);
  expect(readBlock('"open\nnext')).toEqual([['"open'], ["next"]]);
  expect(readBlock("")).toEqual([]);
});

it("fills a range with a single cell, and leaves a larger block as it is", () => {
  expect(filledBlock([["x"]], 2, 2)).toEqual([
    ["x", "x"],
    ["x", "x"],
  ]);
  expect(filledBlock([["x", "y"]], 3, 1)).toEqual([["x", "y"]]);
});
