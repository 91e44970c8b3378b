// @vitest-environment happy-dom
import type { GridApi, IGetRowsParams } from "ag-grid-community";
import { describe, expect, it, vi } from "vitest";
import { runHook } from "../../testing/screen.tsx";
import type { KeptRow } from "./columns.tsx";
import { useGridRows } from "./useGridRows.ts";

const rowAt = (row: number) => ({ id: 100 + row, row, cells: [`text ${row}`], status: "same" as const });

/** Runs the hook on a source of `total` rows. The grid has loaded the rows at the positions `loaded`. */
function gridRows(total: number, { exact = true, loaded = [] as readonly number[] } = {}) {
  const load = vi.fn(async (offset: number, limit: number) => ({
    rows: Array.from({ length: Math.min(limit, Math.max(0, total - offset)) }, (_, at) => rowAt(offset + at)),
    total,
    exact,
  }));
  const api = {
    getDisplayedRowAtIndex: (position: number) =>
      loaded.includes(position) ? { data: rowAt(position) } : undefined,
    getEditingCells: () => [],
    refreshInfiniteCache: vi.fn(),
    setRowCount: vi.fn(),
  };
  const options = { api: api as unknown as GridApi<KeptRow>, source: "one", version: 1, load };
  return { ...runHook(useGridRows, { initialProps: options }), options, api, load };
}

/** Requests rows as AG Grid does, and returns what it was given. */
async function request({ result, api }: ReturnType<typeof gridRows>) {
  const successCallback = vi.fn();
  const failCallback = vi.fn();
  const params = { startRow: 0, endRow: 2, successCallback, failCallback, api };
  result.current.datasource.getRows(params as unknown as IGetRowsParams);
  await vi.waitFor(() => expect([...successCallback.mock.calls, ...failCallback.mock.calls]).toHaveLength(1));
  return { successCallback, failCallback };
}

describe("useGridRows", () => {
  it("gives the grid the rows and their exact number", async () => {
    const rows = gridRows(5);
    const { successCallback } = await request(rows);
    expect(successCallback).toHaveBeenCalledWith([rowAt(0), rowAt(1)], 5);
    expect(rows.api.setRowCount).not.toHaveBeenCalled();
    expect(rows.result.current.total()).toBe(5);
  });

  it("marks an estimated number of rows as such", async () => {
    const rows = gridRows(5, { exact: false });
    const { successCallback } = await request(rows);
    expect(successCallback).toHaveBeenCalledWith([rowAt(0), rowAt(1)], -1);
    expect(rows.api.setRowCount).toHaveBeenCalledWith(5, false);
  });

  it("reports a failed request, so that the grid keeps its rows", async () => {
    const rows = gridRows(5);
    rows.load.mockRejectedValueOnce(new Error("offline"));
    const { successCallback, failCallback } = await request(rows);
    expect(failCallback).toHaveBeenCalledOnce();
    expect(successCallback).not.toHaveBeenCalled();
  });

  it("returns the loaded rows of a range, and fetches the others in pages", async () => {
    const { result, load } = gridRows(3000, { loaded: [0, 1] });
    const rows = await result.current.rowsIn({ first: 0, last: 2100 });
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 2101 }, (_, row) => row));
    expect(load.mock.calls).toEqual([
      [2, 1000],
      [1002, 1000],
      [2002, 99],
    ]);
  });

  it("ends at the last row if the range goes beyond it", async () => {
    const { result } = gridRows(3);
    expect(await result.current.rowsIn({ first: 1, last: 10 })).toEqual([rowAt(1), rowAt(2)]);
  });

  it("reloads the rows for a new version, and keeps the datasource until the source changes", () => {
    const { result, rerender, options, api } = gridRows(3);
    const { datasource } = result.current;
    expect(api.refreshInfiniteCache).not.toHaveBeenCalled();
    rerender({ ...options, version: 2 });
    expect(api.refreshInfiniteCache).toHaveBeenCalledOnce();
    expect(result.current.datasource).toBe(datasource);
    rerender({ ...options, version: 2, source: "two" });
    expect(result.current.datasource).not.toBe(datasource);
  });
});
