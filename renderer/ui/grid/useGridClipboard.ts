import type { GridApi } from "ag-grid-community";
import type { ClipboardEvent } from "react";
import { formatCount } from "../../../shared/domain/format/count.ts";
import { copyText } from "../clipboard.ts";
import { messages } from "../messages.ts";
import { blockText, filledBlock, readBlock } from "./clipboard.ts";
import type { KeptRow } from "./columns.tsx";
import type { GridColumn, GridRange } from "./gridTypes.ts";

/** Maximum number of rows to copy at once, or to fill with a single copied cell. */
const MOST_ROWS = 10_000;

interface GridClipboard {
  readonly api: GridApi<KeptRow> | null;
  readonly columns: readonly GridColumn[];
  range(): GridRange | null;
  rowsIn(range: Pick<GridRange, "first" | "last">): Promise<KeptRow[]>;
  readonly readOnly: boolean;
  onCleared(): void;
  onPaste(row: number | null, columns: readonly number[], block: readonly (readonly string[])[]): void;
  onNotice(message: string): void;
}

const textOf = (rows: readonly KeptRow[], columns: readonly number[]) =>
  blockText(rows.map(({ cells }) => columns.map((column) => cells[column] ?? "")));

/** Copies, cuts, and pastes blocks as spreadsheets do. In an open editor the browser handles the clipboard. */
export function useGridClipboard(clipboard: GridClipboard) {
  const { columns } = clipboard;
  const isBusy = (event: ClipboardEvent) =>
    event.target instanceof HTMLInputElement ||
    event.target instanceof HTMLTextAreaElement ||
    (clipboard.api?.getEditingCells().length ?? 0) > 0;

  /** Copies loaded rows immediately; other rows are fetched first. */
  function copy(event: ClipboardEvent): boolean {
    const range = clipboard.range();
    if (range === null || isBusy(event)) return false;
    event.preventDefault();
    const last = Math.min(range.last, range.first + MOST_ROWS - 1);
    if (last < range.last) clipboard.onNotice(messages.grid.copiedPart(formatCount(MOST_ROWS)));
    const loaded: KeptRow[] = [];
    for (let position = range.first; position <= last; position += 1) {
      const row = clipboard.api?.getDisplayedRowAtIndex(position)?.data;
      if (row !== undefined) loaded.push(row);
    }
    if (loaded.length === last - range.first + 1) {
      event.clipboardData.setData("text/plain", textOf(loaded, range.columns));
      return true;
    }
    void clipboard
      .rowsIn({ first: range.first, last })
      .then((rows) => copyText(textOf(rows, range.columns)))
      .catch(() => clipboard.onNotice(messages.grid.copyFailed));
    return true;
  }

  async function paste(text: string): Promise<void> {
    const range = clipboard.range();
    const read = readBlock(text);
    if (range === null || read.length === 0) return;
    const rows = Math.min(range.last - range.first + 1, MOST_ROWS);
    const block = filledBlock(read, rows, range.columns.length);
    const from = columns.findIndex(({ index }) => index === range.columns[0]);
    const into = columns.slice(from).map(({ index }) => index);
    const [first] = await clipboard.rowsIn({ first: range.first, last: range.first });
    clipboard.onPaste(first?.id ?? null, into, block);
  }

  return {
    onCopy: (event: ClipboardEvent) => void copy(event),
    onCut(event: ClipboardEvent) {
      if (copy(event) && !clipboard.readOnly) clipboard.onCleared();
    },
    onPaste(event: ClipboardEvent) {
      if (isBusy(event) || clipboard.readOnly) return;
      event.preventDefault();
      void paste(event.clipboardData.getData("text/plain"));
    },
  };
}
