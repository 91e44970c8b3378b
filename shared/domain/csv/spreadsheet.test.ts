import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadsheetText, withoutFormula } from "./spreadsheet.ts";
import { readTable } from "./table.ts";

describe("withoutFormula", () => {
  it.each([
    "=1+1",
    "=1+1\nx",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\rx",
    " =1",
    "\n=1",
    "\0=1",
    "\u00a0=1",
    "\u200b=1",
    "\u202e=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "-a",
    "- a list",
    "+",
  ])("puts an apostrophe before %j", (value) => {
    expect(withoutFormula(value)).toBe(`'${value}`);
  });

  it.each(["-5", "+5", "-1.5e3", "-.5", "1,234", "-1,234.5", "", "a=b", "[]", " x", "'=1", "e-mail", "é"])(
    "leaves %j",
    (value) => {
      expect(withoutFormula(value)).toBe(value);
    },
  );

  it("changes nothing but by its apostrophe, and no cell is a formula afterwards", () => {
    const value = fc.string({ unit: fc.constantFrom(..."=+-@ \t\r\n\0＝1a,\"'.") });
    fc.assert(
      fc.property(value, (text) => {
        const safe = withoutFormula(text);
        expect(safe === text || safe === `'${text}`).toBe(true);
        expect(withoutFormula(safe)).toBe(safe);
        const [record] = readTable(
          new TextEncoder().encode(
            spreadsheetText([
              ["a", "b"],
              [text, "x"],
            ]),
          ),
          "t",
        ).records;
        expect(record?.cells.map((cell) => cell.value)).toEqual([safe, "x"]);
      }),
    );
  });
});
