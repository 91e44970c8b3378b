import fc from "fast-check";
import { expect, it } from "vitest";
import { blockText, filledBlock, readBlock } from "./clipboard.ts";

it("readBlock returns any block that blockText wrote", () => {
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

it("readBlock reads quoted cells with line breaks, a final line break, and empty lines", () => {
  expect(readBlock('a\t"two\nlines"\r\n"say ""hi"""\tb\r\n')).toEqual([
    ["a", "two\nlines"],
    ['say "hi"', "b"],
  ]);
  expect(readBlock("a\n\nb")).toEqual([["a"], [""], ["b"]]);
  expect(readBlock('"open\nnext')).toEqual([['"open'], ["next"]]);
  expect(readBlock("")).toEqual([]);
});

it("filledBlock repeats a single cell and returns a larger block unchanged", () => {
  expect(filledBlock([["x"]], 2, 2)).toEqual([
    ["x", "x"],
    ["x", "x"],
  ]);
  expect(filledBlock([["x", "y"]], 3, 1)).toEqual([["x", "y"]]);
});
