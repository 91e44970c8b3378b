import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { Failure } from "../failure.ts";
import { appendRows, editTable } from "./edit.ts";
import { decodeText, encodeText } from "./encoding.ts";
import { columnIndex, readTable, requireColumns, type Table } from "./table.ts";
import { writeCsv } from "./write.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16le = (text: string) =>
  new Uint8Array(Uint16Array.from(text, (_, at) => text.charCodeAt(at)).buffer);
const swapped = (bytes: Uint8Array) => bytes.map((_, at) => bytes[at ^ 1] ?? 0);
const read = (text: string) => readTable(utf8(text), "t.csv");
const valuesOf = (table: Table) => table.records.map(({ cells }) => cells.map(({ value }) => value));
const textOf = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

describe("readTable", () => {
  const rows = [["Käse, Brot", "[]"]];
  const plain = 'description,suggestions\r\n"Käse, Brot",[]\r\n';
  it.each([
    ["utf-8", false, utf8(plain)],
    ["utf-8", true, utf8(`\uFEFF${plain}`)],
    ["utf-16le", true, utf16le(`\uFEFF${plain}`)],
    ["utf-16be", true, swapped(utf16le(`\uFEFF${plain}`))],
    ["utf-16le", false, utf16le(plain)],
    ["utf-16be", false, swapped(utf16le(plain))],
    ["latin1", false, Uint8Array.from(plain, (c) => c.charCodeAt(0))],
  ])("reads %s with mark %s", (encoding, bom, bytes) => {
    const table = readTable(bytes, "t.csv");
    expect(table.source).toMatchObject({ encoding, bom });
    expect(table.header).toEqual(["description", "suggestions"]);
    expect(valuesOf(table)).toEqual(rows);
    expect(editTable(table, [])).toEqual(bytes);
  });

  it("keeps rows, lines and values through mixed line endings and quoted newlines", () => {
    const table = read('description,suggestions\r"a\r\nb\nc",[]\r\n\r\nd,[]\ne,[]');
    expect(valuesOf(table)).toEqual([
      ["a\r\nb\nc", "[]"],
      ["d", "[]"],
      ["e", "[]"],
    ]);
    expect(table.records.map(({ line }) => line)).toEqual([2, 6, 7]);
    expect(table.records[0]?.cells[1]?.line).toBe(4);
  });

  it("creates no row for a trailing newline or blank lines", () => {
    expect(read("description,suggestions\na,[]\n").records).toHaveLength(1);
    expect(read("\n\ndescription,suggestions\n\n  \na,[]\n\n").records).toHaveLength(1);
  });

  it.each([";", "\t", "|", ","])("recognizes the delimiter %j", (delimiter) => {
    const table = read(`description${delimiter}suggestions\na${delimiter}"[""x, y; z""]"\n`);
    expect(table.dialect.delimiter).toBe(delimiter);
    expect(valuesOf(table)).toEqual([["a", '["x, y; z"]']]);
  });

  it("reads sep= as a dialect and counts its line", () => {
    const table = read("sep=;\r\ndescription;suggestions\r\na, b;[]\r\n");
    expect(table.header).toEqual(["description", "suggestions"]);
    expect(table.records[0]?.line).toBe(3);
    expect(valuesOf(table)).toEqual([["a, b", "[]"]]);
  });

  it("keeps hostile and duplicate headers as plain text", () => {
    const table = read("__proto__,constructor,description,description\n1,2,3,4\n");
    expect(table.header).toEqual(["__proto__", "constructor", "description", "description"]);
    expect(columnIndex(table, "description")).toBe(2);
    expect(columnIndex(table, "__proto__")).toBe(0);
    expect(columnIndex(table, "tostring")).toBe(-1);
    expect(valuesOf(table)).toEqual([["1", "2", "3", "4"]]);
  });

  it("finds a column despite case and white space", () => {
    expect(requireColumns(read(" Description ,SUGGESTIONS\n"), ["description", "suggestions"])).toEqual({
      description: 0,
      suggestions: 1,
    });
  });

  it("names the missing column", () => {
    expect(() => requireColumns(read("description\n"), ["description", "suggestions"])).toThrow(
      /“suggestions”/,
    );
  });

  it("reports the line of an unclosed quote", () => {
    let failure: unknown;
    try {
      read('description,suggestions\na,[]\n"b\nc,[]\n');
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: "bad-value", place: { file: "t.csv", row: 2 } });
    expect(String(failure)).toContain("line 3");
  });

  it("fails clearly on half a UTF-16 character and on a false UTF-8 mark", () => {
    expect(() => readTable(utf16le("\uFEFFab").subarray(0, 5), "t.csv")).toThrow(/UTF-16/);
    expect(() => readTable(new Uint8Array([0xef, 0xbb, 0xbf, 0xff]), "t.csv")).toThrow(/marked as UTF-8/);
  });

  it("reads 10,000 columns and a cell of 5 MB", () => {
    const header = Array.from({ length: 10_000 }, (_, at) => `c${at}`).join(",");
    expect(read(`${header}\n${header}\n`).records[0]?.cells).toHaveLength(10_000);
    const big = "x".repeat(5_000_000);
    expect(read(`description,suggestions\n"${big}",[]\n`).records[0]?.cells[0]?.value).toHaveLength(
      5_000_000,
    );
  });

  it("agrees with Papa Parse on ordinary CSV", () => {
    const cell = fc.string({ unit: fc.constantFrom(..."ab1 ,;\"\n'|é"), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const text = Papa.unparse([["description", "suggestions"], ...rows], { newline: "\n" });
        expect(valuesOf(read(text))).toEqual(
          Papa.parse(text, { delimiter: ",", newline: "\n" }).data.slice(1),
        );
      }),
    );
  });
});

describe("writing", () => {
  const hostile = [
    ...'a,";\r\n\t |\0=',
    ..."\uFEFF\u2028\u0085\u00a0\u200b\u202e🍞e\u0301＝\u{e0041}\u001b\\",
    '""',
    "\r\n",
  ];
  const anyCell = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...hostile) }),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("NULL", "1e309", "007", "__proto__", "sep=;", "＝1", "\uFEFF", "[/INST]"),
  );

  it("reads back what it wrote, whatever the cells hold", () => {
    const rows = fc.array(fc.tuple(anyCell, anyCell));
    fc.assert(
      fc.property(rows, (cells) => {
        expect(valuesOf(read(writeCsv(["description", "suggestions"], cells)))).toEqual(cells);
      }),
    );
    fc.assert(
      fc.property(fc.array(anyCell), (cells) => {
        const one = cells.map((cell) => [cell]);
        expect(valuesOf(read(writeCsv(["description"], one)))).toEqual(one);
      }),
    );
  });

  /** A file in some dialect, and the edit of one of its cells. */
  const dialectFile = fc.record({
    delimiter: fc.constantFrom(",", ";", "\t"),
    newline: fc.constantFrom("\n", "\r\n", "\r"),
    quoteAll: fc.boolean(),
    bom: fc.boolean(),
    sep: fc.boolean(),
    final: fc.boolean(),
    rows: fc.array(fc.tuple(anyCell, anyCell, anyCell), { minLength: 1, maxLength: 5 }),
    row: fc.nat(),
    column: fc.integer({ min: 0, max: 2 }),
    value: anyCell,
  });

  function build(given: typeof dialectFile extends fc.Arbitrary<infer T> ? T : never): string {
    const { delimiter, newline, quoteAll, bom, sep, final, rows } = given;
    const cell = (value: string) =>
      quoteAll || /[,;\t"\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
    const lines = [["description", "suggestions", "x"], ...rows].map((cells) =>
      cells.map(cell).join(delimiter),
    );
    return `${bom ? "\uFEFF" : ""}${sep ? `sep=${delimiter}${newline}` : ""}${lines.join(newline)}${final ? newline : ""}`;
  }

  it("changes no other byte when one cell is edited", () => {
    fc.assert(
      fc.property(dialectFile, (given) => {
        const text = build(given);
        const table = read(text);
        const row = (given.row % given.rows.length) + 1;
        const { start = 0, end = 0 } = table.records[row - 1]?.cells[given.column] ?? {};
        const mark = given.bom ? 1 : 0;
        const edited = textOf(
          editTable(table, [{ kind: "set", row, column: given.column, value: given.value }]),
        );
        expect(edited.startsWith(text.slice(0, start + mark))).toBe(true);
        expect(edited.endsWith(text.slice(end + mark))).toBe(true);
        const expected = given.rows.map((cells) => [...cells]);
        expected[row - 1]?.splice(given.column, 1, given.value);
        expect(valuesOf(read(edited))).toEqual(expected);
      }),
    );
  });

  it("appends after the unchanged old bytes", () => {
    fc.assert(
      fc.property(dialectFile, (given) => {
        const text = build(given);
        const grown = textOf(appendRows(read(text), [[given.value, "[]", ""]]));
        expect(grown.startsWith(text)).toBe(true);
        expect(valuesOf(read(grown))).toEqual([...given.rows, [given.value, "[]", ""]]);
      }),
    );
  });

  it("deletes a record and fills up a short one", () => {
    const table = read("description,suggestions,slice\na\nb,[]\nc,[],x\n");
    const edits = [
      { kind: "set", row: 1, column: 2, value: "s" },
      { kind: "set", row: 1, column: 1, value: "[]" },
      { kind: "delete", row: 2 },
    ] as const;
    expect(textOf(editTable(table, edits))).toBe("description,suggestions,slice\na,[],s\nc,[],x\n");
    expect(() => editTable(table, [{ kind: "delete", row: 4 }])).toThrow(/no row 4/);
  });
});

describe("encodings", () => {
  it("gives the same bytes back for anything it can read", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(encodeText(decodeText(bytes, "t"), "t")).toEqual(bytes);
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
        }
      }),
    );
  });

  it("reads Excel's curly quotes and euro, and refuses what Latin-1 lacks", () => {
    const decoded = decodeText(new Uint8Array([0x93, 0xe9, 0x94, 0x80, 0x81]), "t");
    expect(decoded).toMatchObject({ text: "“é”€\u0081", encoding: "latin1" });
    expect(() => encodeText({ ...decoded, text: "🍞" }, "t")).toThrow(/Latin-1/);
    expect(() => encodeText({ ...decoded, text: "\u0093" }, "t")).toThrow(/Latin-1/);
  });
});
