import { CELL_BOUND } from "../../../../shared/domain/csv/bounds.ts";
import { encodeText } from "../../../../shared/domain/csv/encoding.ts";
import { columnIndex } from "../../../../shared/domain/csv/table.ts";
import {
  addRows,
  changeCells,
  deleteRows,
  duplicateRows,
  extentOf,
  pasteBlock,
} from "../../../../shared/domain/dataset/documentCommands.ts";
import type { EditStep } from "../../../../shared/domain/dataset/documentHistory.ts";
import { replacer } from "../../../../shared/domain/dataset/documentView.ts";
import { namesFromForeign } from "../../../../shared/domain/dataset/foreign.ts";
import { repairCell } from "../../../../shared/domain/dataset/repair.ts";
import { parseSuggestions, suggestionsText } from "../../../../shared/domain/dataset/suggestions.ts";
import { Failure } from "../../../../shared/domain/failure.ts";
import { formatBytes } from "../../../../shared/domain/format/bytes.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { DocumentCommand, Edited, FoundCells, RowId, View } from "../../../../shared/schema/document.ts";
import type { BaseFile } from "./baseFile.ts";
import { rowGone } from "./refusals.ts";
import { findCells, rowsOf, type Snapshot } from "./rowView.ts";

/** The maximum number of cells or rows that one command changes. */
const MOST_CHANGES = 100_000;
/** The maximum text that a replacement creates, in bytes. It is in memory several times on its way to disk. */
const MOST_REPLACED = 256_000_000;

/** The maximum number of touched rows in a command's result. */
const TOUCHED_ROWS = 100;

/** The document that a command is planned for. */
export interface Planning {
  readonly file: string;
  readonly snapshot: Snapshot;
  /** Returns the edited cells of rows. Throws `Failure` `conflict` for a removed row. */
  cells(rows: readonly RowId[]): Promise<(row: RowId) => readonly string[]>;
  /** Returns the rows of a view, or null for all. */
  shown(view: View): Promise<readonly RowId[] | null>;
}

type Command<Kind extends DocumentCommand["kind"]> = Extract<DocumentCommand, { kind: Kind }>;

function refuseTooMany(count: number): void {
  if (count <= MOST_CHANGES) return;
  throw new Failure(
    "bad-value",
    `one command can change at most ${formatCount(MOST_CHANGES)} cells or rows`,
    {
      hint: "Filter the rows and work in several steps. Nothing was changed.",
    },
  );
}

function inDocumentOrder({ snapshot }: Planning, rows: readonly RowId[]): RowId[] {
  const { order } = snapshot.rows;
  return [...new Set(rows)].sort((a, b) => order.positionOf(a) - order.positionOf(b));
}

async function paste(planning: Planning, command: Command<"paste">): Promise<EditStep> {
  const { order, nextId } = planning.snapshot.rows;
  const { header } = planning.snapshot.base;
  const shown = await planning.shown(command.view);
  const from = command.row === null ? -1 : (shown?.indexOf(command.row) ?? order.positionOf(command.row));
  if (command.row !== null && from < 0) throw rowGone(planning.file);
  const wanted = command.block.length;
  const rows = from < 0 ? [] : (shown?.slice(from, from + wanted) ?? order.slice(from, wanted));
  const names = columnIndex({ header }, "suggestions");
  const block = command.block.map((line) =>
    line.map((value, at) => (command.columns[at] === names ? pastedNames(value) : value)),
  );
  const target = {
    rows,
    columns: command.columns.filter((column) => column < header.length),
    width: header.length,
    last: order.idAt(order.length - 1) ?? 0,
    empty: (column: number) => (column === names ? "[]" : ""),
  };
  return pasteBlock(block, target, await planning.cells(rows), nextId);
}

/** Converts names from a spreadsheet to a list, as an import does. Other text is unchanged. */
function pastedNames(value: string): string {
  if (parseSuggestions(value).kind !== "bad-json") return value;
  const names = namesFromForeign(value);
  return names === null ? value : suggestionsText(names);
}

async function replaceAll(planning: Planning, command: Command<"replace-all">): Promise<EditStep> {
  const { snapshot } = planning;
  const found = await findCells(command, snapshot, await planning.shown(command.view), MOST_CHANGES + 1);
  refuseTooMany(found.cells);
  const cellsOf = await planning.cells(found.listed.map(({ row }) => row));
  refuseTooLarge(command, found, cellsOf);
  const replaced = replacer(command, command.replace);
  const names = columnIndex(snapshot.base, "suggestions");
  const step = changeCells(
    found.listed.map(({ row, column }) => {
      return { row, column, value: replaced(cellsOf(row)[column] ?? "", column === names) };
    }),
    cellsOf,
  );
  return { ...step, label: `Replace “${command.find}”` };
}

/** Throws `Failure` when a replacement would create too much text, before any is created. */
function refuseTooLarge(
  { find, replace }: Command<"replace-all">,
  { occurrences, listed }: Pick<FoundCells, "occurrences" | "listed">,
  cellsOf: (row: RowId) => readonly string[],
): void {
  let size = occurrences * (Buffer.byteLength(replace) - Buffer.byteLength(find));
  for (const { row, column } of listed) size += Buffer.byteLength(cellsOf(row)[column] ?? "");
  if (size <= MOST_REPLACED) return;
  const matches = formatCount(occurrences);
  throw new Failure(
    "bad-value",
    `replacing ${matches} matches would create ${formatBytes(size)} of text; the maximum is ${formatBytes(MOST_REPLACED)}`,
    { hint: "Filter the rows and replace in several steps, or use a shorter text. Nothing was changed." },
  );
}

async function fix(planning: Planning, { rows, name }: Command<"fix">): Promise<EditStep> {
  const column = columnIndex(planning.snapshot.base, "suggestions");
  const cells: { row: RowId; column: number; value: string }[] = [];
  const repair = (row: RowId, some: readonly string[]) => {
    const repaired = repairCell(some[column] ?? "", name);
    if (repaired !== null) cells.push({ row, column, value: repaired });
  };
  if (rows === null) {
    for await (const row of rowsOf(planning.snapshot)) repair(row.id, row.cells);
  } else {
    const cellsOf = await planning.cells(rows);
    for (const row of rows) repair(row, cellsOf(row));
  }
  refuseTooMany(cells.length);
  const step = changeCells(cells, await planning.cells(cells.map(({ row }) => row)));
  return {
    ...step,
    label: `Fix ${cells.length === 1 ? "a row" : pluralize(cells.length, "row")}`,
  };
}

/** Returns the step that a command would apply. Changes nothing. */
export async function planned(
  planning: Planning,
  command: Exclude<DocumentCommand, { kind: "undo" | "redo" }>,
): Promise<EditStep> {
  const { order, nextId } = planning.snapshot.rows;
  switch (command.kind) {
    case "set-cells": {
      refuseTooMany(command.cells.length);
      return changeCells(command.cells, await planning.cells(command.cells.map(({ row }) => row)));
    }
    case "add-rows": {
      refuseTooMany(command.rows.length);
      const after = command.after ?? order.idAt(order.length - 1) ?? 0;
      if (after !== 0 && !order.has(after)) throw rowGone(planning.file);
      return addRows(command.rows, after, nextId);
    }
    case "duplicate-rows": {
      refuseTooMany(command.rows.length);
      const rows = inDocumentOrder(planning, command.rows);
      return duplicateRows(rows, await planning.cells(rows), nextId);
    }
    case "delete-rows": {
      refuseTooMany(command.rows.length);
      const rows = inDocumentOrder(planning, command.rows);
      return deleteRows(
        rows,
        await planning.cells(rows),
        (row) => order.idAt(order.positionOf(row) - 1) ?? 0,
      );
    }
    case "paste":
      refuseTooMany(command.block.length * command.columns.length);
      return paste(planning, command);
    case "replace-all":
      return replaceAll(planning, command);
    case "fix":
      return fix(planning, command);
  }
}

/** Describes a step that was applied. */
export function describeStep(step: EditStep): Omit<Edited, "state"> {
  const touched = [...new Set(step.changes.flatMap((one) => (one.kind === "remove" ? [] : [one.row])))];
  return { label: step.label, ...extentOf(step), touched: touched.slice(0, TOUCHED_ROWS) };
}

/** Throws `Failure` `bad-value` when a step writes text that the file can't store. */
export function refuseUnwritable({ changes }: EditStep, base: BaseFile, file: string): void {
  const width = base.header.length;
  const refused = (message: string) =>
    new Failure("bad-value", message, { hint: "Nothing was changed.", file });
  for (const change of changes) {
    if (change.kind === "remove") continue;
    const texts = change.kind === "set" ? [change.value] : change.cells;
    if (change.kind === "set" && change.column >= width) throw refused(`${file} has ${width} columns`);
    for (const text of texts) {
      if (text.length > CELL_BOUND)
        throw refused(`a cell of more than 1,048,576 characters can't be written to ${file}`);
      if (!text.isWellFormed())
        throw refused(`half a character (an unpaired surrogate) can't be written to ${file}`);
      if (base.encoding === "latin1") encodeText({ text, encoding: "latin1", bom: false }, file);
    }
  }
}
