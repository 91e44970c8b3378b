import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RowId } from "../../schema/document.ts";
import { editTable } from "../csv/edit.ts";
import { readTable, type Table } from "../csv/table.ts";
import { changeCount, type DocumentRows, isDirty, rowsTouched, unedited } from "./document.ts";
import { addRows, changeCells, deleteRows, duplicateRows, pasteBlock } from "./documentCommands.ts";
import { type EditedDocument, type EditStep, freshDocument, makeStep, nextStep } from "./documentHistory.ts";
import { tableEditsOf } from "./documentSave.ts";
import { RowOrder } from "./rowOrder.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** A document over a table in memory, as the service keeps it. */
class Sheet {
  readonly table: Table;
  document: EditedDocument;

  constructor(bytes: Uint8Array) {
    this.table = readTable(bytes, "sheet.csv");
    this.document = freshDocument(unedited(RowOrder.counting(this.table.records.length)));
  }

  get rows(): DocumentRows {
    return this.document.rows;
  }

  inFile(row: RowId): string[] {
    return this.table.records[this.rows.saved.positionOf(row)]?.cells.map(({ value }) => value) ?? [];
  }

  cellsOf = (row: RowId): readonly string[] => this.rows.cells.get(row) ?? this.inFile(row);

  make(kind: "do" | "undo" | "redo", step: EditStep): void {
    const file = new Map(rowsTouched(this.rows, step.changes).map((row) => [row, this.inFile(row)]));
    this.document = makeStep(this.document, kind, step, file);
  }

  back(kind: "undo" | "redo"): boolean {
    const step = nextStep(this.document, kind);
    if (step !== null) this.make(kind, step);
    return step !== null;
  }

  ids(): RowId[] {
    return this.rows.order.slice(0, this.rows.order.length);
  }

  saved(): Uint8Array {
    return editTable(this.table, tableEditsOf(this.rows));
  }

  shown(): string[][] {
    return this.ids().map((row) => [...this.cellsOf(row)]);
  }
}

const cell = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "[]",
    " padded ",
    'quo"te',
    "comma,",
    "line\nbreak",
    "cr\rlf\r\n",
    "ünï🙂",
    ";",
    "\t",
    "=",
  ),
  fc.string({ maxLength: 6 }).filter((text) => text.isWellFormed()),
);
const newline = fc.constantFrom("\n", "\r\n", "\r");
const written = (value: string, quoted: boolean) =>
  quoted || /[",\r\n;\t|]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

const file = fc
  .tuple(
    fc.array(fc.tuple(cell, cell, fc.boolean(), newline, fc.boolean()), { maxLength: 8 }),
    newline,
    fc.boolean(),
  )
  .map(([rows, end, last]) => {
    const lines = rows.map(
      ([a, b, quoted, ending, blank]) =>
        `${written(a, quoted || a.trim() === "")},${written(b, quoted)}${ending}${blank ? ending : ""}`,
    );
    const text = `description,suggestions${end}${lines.join("")}`;
    return encode(last ? text : text.replace(/[\r\n]+$/, ""));
  });

type Act = {
  readonly kind: string;
  readonly at: number;
  readonly count: number;
  readonly texts: readonly string[];
};
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom("set", "add", "duplicate", "delete", "paste", "undo", "redo"),
  at: fc.nat(20),
  count: fc.integer({ min: 1, max: 4 }),
  texts: fc.array(cell, { minLength: 2, maxLength: 6 }),
});

function perform(sheet: Sheet, { kind, at, count, texts }: Act): void {
  if (kind === "undo" || kind === "redo") {
    sheet.back(kind);
    return;
  }
  const ids = sheet.ids();
  const chosen = ids.filter((_, position) => position % 5 < count && position >= at % 4);
  const one = ids[at % Math.max(1, ids.length)];
  const before = (row: RowId) => ids[ids.indexOf(row) - 1] ?? 0;
  const { nextId, order } = sheet.rows;
  const step = (): EditStep => {
    if (kind === "add")
      return addRows(
        texts.map((text) => [text, "[]"]),
        at % 3 === 0 ? 0 : (one ?? 0),
        nextId,
      );
    if (kind === "duplicate") return duplicateRows(chosen, sheet.cellsOf, nextId);
    if (kind === "delete") return deleteRows(chosen, sheet.cellsOf, before);
    if (kind === "set") {
      const cells =
        one === undefined ? [] : texts.map((value, column) => ({ row: one, column: column % 2, value }));
      return changeCells(cells, sheet.cellsOf);
    }
    const rows = ids.slice(at % Math.max(1, ids.length));
    const last = order.idAt(order.length - 1) ?? 0;
    return pasteBlock(
      texts.map((text) => [text, "[]"]),
      { rows, columns: [0, 1], width: 2, last, empty: () => "" },
      sheet.cellsOf,
      nextId,
    );
  };
  const made = step();
  if (made.changes.length > 0) sheet.make("do", made);
}

describe("a document under random edits", () => {
  it("saves what it shows, undoes to the same bytes, and redoes every change", () => {
    fc.assert(
      fc.property(file, fc.array(act, { maxLength: 15 }), (bytes, acts) => {
        const sheet = new Sheet(bytes);
        for (const one of acts) perform(sheet, one);
        const edited = sheet.saved();
        const shown = sheet.shown();
        const cells = readTable(edited, "sheet.csv").records.map(({ cells: some }) =>
          some.map(({ value }) => value),
        );
        const trimmed = (rows: string[][]) =>
          rows.map((row) => JSON.stringify(row).replace(/(,"")+\]$/, "]"));
        expect(trimmed(cells)).toEqual(trimmed(shown));
        const steps = sheet.document.undo.length;
        while (sheet.back("undo"));
        expect([...sheet.saved()]).toEqual([...bytes]);
        expect(isDirty(sheet.rows)).toBe(false);
        expect(changeCount(sheet.rows)).toBe(0);
        for (let done = 0; done < steps; done += 1) sheet.back("redo");
        expect(sheet.shown()).toEqual(shown);
        expect([...sheet.saved()]).toEqual([...edited]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a document", () => {
  const sheet = () => new Sheet(encode('description,suggestions\r\n"A",[]\r\nB,[]\r\nC,[]\r\n'));
  const text = (one: Sheet) => new TextDecoder().decode(one.saved());

  it("keeps quotes and line endings of what was not edited, and writes new rows in its dialect", () => {
    const one = sheet();
    one.make("do", changeCells([{ row: 2, column: 0, value: 'B "and", more' }], one.cellsOf));
    one.make("do", addRows([["D", "[]"]], 1, one.rows.nextId));
    expect(text(one)).toBe('description,suggestions\r\n"A",[]\r\nD,[]\r\n"B ""and"", more",[]\r\nC,[]\r\n');
    expect(changeCount(one.rows)).toBe(2);
  });

  it("is clean after a cell is restored", () => {
    const one = sheet();
    one.make("do", changeCells([{ row: 1, column: 0, value: "x" }], one.cellsOf));
    expect(isDirty(one.rows)).toBe(true);
    one.make("do", changeCells([{ row: 1, column: 0, value: "A" }], one.cellsOf));
    expect(isDirty(one.rows)).toBe(false);
  });

  it("refuses changes made for other rows", () => {
    const one = sheet();
    const changes = [{ kind: "set", row: 1, column: 0, before: "Z", value: "x" }] as const;
    expect(() => one.make("do", { label: "", changes })).toThrow("does not have the expected value");
    expect(() =>
      one.make("do", { label: "", changes: [{ kind: "remove", row: 9, after: 0, cells: [] }] }),
    ).toThrow("not found");
  });
});

describe("the order of rows", () => {
  it("holds a million rows in a few runs after one is deleted and one is added", () => {
    const order = RowOrder.counting(1_000_000)
      .without(new Set([500_000]))
      .with([{ row: 2 ** 40, after: 500_001 }]);
    expect(order.runs.length).toBe(4);
    expect(order.idAt(499_999)).toBe(500_001);
    expect(order.slice(499_998, 4)).toEqual([499_999, 500_001, 2 ** 40, 500_002]);
    expect(order.positionOf(2 ** 40)).toBe(500_000);
    expect(order.positionOf(500_000)).toBe(-1);
  });
});
