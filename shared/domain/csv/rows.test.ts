import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRows, writeRows } from "./rows.ts";
import { readRowTable } from "./table.ts";

const ours = { delimiter: ",", newline: "\n" };
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("readRows and writeRows", () => {
  it("give back every cell, whatever it holds", () => {
    const cell = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: fc.constantFrom(...'a,";\r\n\t \uFEFF\0=') }),
      fc.constantFrom("__proto__", "007", "sep=;", "=1+1"),
    );
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, (cells) => {
        const text = writeRows(cells, ours);
        expect(text.endsWith("\n")).toBe(true);
        expect(readRows(text, ",", "t.csv").slice(0, -1)).toEqual(cells);
      }),
    );
  });

  it.each(['a,"b\nc,d\n', 'a,"b"c\nd,e\n'])("refuse %j with its file and row", (text) => {
    expect(() => readRows(`x,y\n${text}`, ",", "t.csv")).toThrow(
      expect.objectContaining({ code: "bad-value", place: { file: "t.csv", row: 1 } }),
    );
  });
});

describe("readRowTable", () => {
  it("reads mark, sep= line, hostile headers and blank lines as readTable does", () => {
    const text = "\uFEFFsep=;\r\n__proto__;description;description\r\n007; ;1\r\n \r\n\r\nb;;\r\n\r\n";
    expect(readRowTable(bytesOf(text), "t.csv")).toEqual({
      file: "t.csv",
      delimiter: ";",
      header: ["__proto__", "description", "description"],
      rows: [
        ["007", " ", "1"],
        ["b", "", ""],
      ],
    });
  });
});
