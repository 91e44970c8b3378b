import { describe, expect, it, vi } from "vitest";
import type { GridRange } from "./gridTypes.ts";
import { rangeCommands } from "./rangeCommands.ts";

const columns = [
  { index: 0, title: "description" },
  { index: 1, title: "suggestions", emptied: "[]" },
];

/** Returns the commands for a selected range of a grid whose row at position n has the id 100 + n. */
function commands(range: GridRange | null, readOnly = false) {
  const change = vi.fn();
  const onNotice = vi.fn();
  const rowsIn = async ({ first, last }: Pick<GridRange, "first" | "last">) =>
    Array.from({ length: last - first + 1 }, (_, index) => {
      const row = first + index;
      return { id: 100 + row, row, cells: [`text ${row}`, `["${row}.com"]`], status: "same" as const };
    });
  const made = rangeCommands({ columns, readOnly, range: () => range, rowsIn, change, onNotice });
  return { ...made, change, onNotice };
}

describe("rangeCommands", () => {
  it("clears each cell to the empty value of its column", async () => {
    const { clear, change } = commands({ first: 3, last: 4, columns: [0, 1] });
    await clear();
    expect(change.mock.calls).toEqual([
      [
        [
          { row: 103, column: 0, value: "" },
          { row: 103, column: 1, value: "[]" },
          { row: 104, column: 0, value: "" },
          { row: 104, column: 1, value: "[]" },
        ],
      ],
    ]);
  });

  it("fills the cells of the first row down", async () => {
    const { fillDown, change } = commands({ first: 1, last: 3, columns: [1] });
    await fillDown();
    expect(change.mock.calls).toEqual([
      [
        [
          { row: 102, column: 1, value: '["1.com"]' },
          { row: 103, column: 1, value: '["1.com"]' },
        ],
      ],
    ]);
  });

  it.each([
    ["without a selection", null, false],
    ["in a read-only grid", { first: 0, last: 1, columns: [0] }, true],
  ])("changes nothing %s", async (_, range, readOnly) => {
    const { clear, fillDown, change } = commands(range, readOnly);
    await clear();
    await fillDown();
    expect(change).not.toHaveBeenCalled();
  });

  it("rejects a range above the cell limit with a notice", async () => {
    const { clear, change, onNotice } = commands({ first: 0, last: 50_000, columns: [0, 1] });
    await clear();
    expect(change).not.toHaveBeenCalled();
    expect(onNotice).toHaveBeenCalledWith(expect.stringContaining("100,000"));
  });
});
