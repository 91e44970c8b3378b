// @vitest-environment happy-dom
import { act, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type DocumentCommand, wholeDocument } from "../../../../shared/schema/document.ts";
import { runHook } from "../../../testing/screen.tsx";
import type { GridColumn, GridRange } from "../../../ui/grid/gridTypes.ts";
import { useActs } from "./useActs.ts";
import type { DocumentHandle } from "./useDocument.ts";

const columns = [
  { index: 0, title: "description" },
  { index: 1, title: "suggestions", emptied: "[]" },
] as GridColumn[];
const rows = (first: number, last: number): GridRange =>
  ({ first, last, columns: [0] }) as unknown as GridRange;

/** Returns the actions on a document whose row at position n has the id 100 + n. */
function acts(range: GridRange | null, touched: readonly number[] = []) {
  const commands: DocumentCommand[] = [];
  const asked: number[] = [];
  const gone: (readonly [number, number | null])[] = [];
  const edit = async (command: DocumentCommand) => {
    commands.push(command);
    return { touched, rows: 2, cells: 3 };
  };
  const document = { opened: { file: "dataset_v1.csv" }, edit } as unknown as DocumentHandle;
  const goTo = async (row: number, column: number | null) => void gone.push([row, column]);
  const { result } = runHook(() => useActs({ document, columns, range, view: wholeDocument, goTo }), {
    host: {
      "dataset.document.rows": ({ offset, limit }: { offset: number; limit: number }) => {
        asked.push(limit);
        return { rows: Array.from({ length: limit }, (_, index) => ({ id: 100 + offset + index })) };
      },
    },
  });
  return { act: result.current, commands, asked, gone };
}
const notices = () => screen.queryAllByRole("alert").map(({ textContent }) => textContent ?? "");

describe("useActs", () => {
  it("deletes the selected rows of the view, and reports how many", async () => {
    const { act: acted, commands } = acts(rows(3, 5));
    await act(acted.deleteRows);
    expect(commands).toEqual([{ kind: "delete-rows", rows: [103, 104, 105] }]);
    expect(notices().join()).toContain("3 rows");
  });

  it("changes nothing without a selection", async () => {
    const { act: acted, commands } = acts(null);
    await act(acted.deleteRows);
    await act(acted.duplicateRows);
    expect(commands).toEqual([]);
    expect(notices()).toEqual([]);
  });

  it("requests the rows of a large selection in pages, each page once", async () => {
    const { act: acted, commands, asked } = acts(rows(0, 2499));
    await act(acted.duplicateRows);
    expect(asked).toEqual([1000, 1000, 500]);
    const [command] = commands;
    if (command?.kind !== "duplicate-rows") throw new Error("no rows were duplicated");
    expect(new Set(command.rows).size).toBe(2500);
  });

  it("rejects a selection above the row limit without requesting any rows", async () => {
    const { act: acted, commands, asked } = acts(rows(0, 100_000));
    await act(acted.deleteRows);
    expect([commands, asked]).toEqual([[], []]);
    expect(notices().join()).toContain("100,000 rows");
  });

  it("adds an empty row after the last selected one, or at the end, and moves to it", async () => {
    const after = acts(rows(1, 2), [900]);
    await act(after.act.addRow);
    expect(after.commands).toEqual([{ kind: "add-rows", after: 102, rows: [["", "[]"]] }]);
    expect(after.gone).toEqual([[900, 0]]);
    const atEnd = acts(null, [901]);
    await act(atEnd.act.addRow);
    expect(atEnd.commands).toMatchObject([{ after: null }]);
  });

  it("moves to the first row that an undo changed, and stays if nothing changed", async () => {
    const undone = acts(null, [42, 43]);
    await act(undone.act.undo);
    expect(undone.gone).toEqual([[42, null]]);
    const nothing = acts(null, []);
    await act(nothing.act.redo);
    expect(nothing.gone).toEqual([]);
  });

  it("reports how many cells a replacement changed", async () => {
    const { act: acted, commands } = acts(null);
    await act(() => acted.replaceAll({ find: "a", replace: "b", matchCase: true }));
    expect(commands).toMatchObject([{ kind: "replace-all", find: "a", replace: "b", matchCase: true }]);
    expect(notices().join()).toContain("3 cells");
  });
});
