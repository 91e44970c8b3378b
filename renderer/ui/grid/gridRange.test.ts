import { expect, it } from "vitest";
import { isSelected, moved, rangeOf, tabbed } from "./gridRange.ts";

const columns = [
  { index: 4, title: "a" },
  { index: 2, title: "b" },
  { index: 7, title: "c" },
];

it("rangeOf orders the corners of a selection made backwards", () => {
  const selection = { anchor: { position: 5, at: 1 }, head: { position: 3, at: 0 } };
  expect(rangeOf(selection, columns)).toEqual({ first: 3, last: 5, columns: [4, 2] });
  expect(isSelected(selection, 4, 1)).toBe(true);
  expect(isSelected(selection, 4, 2)).toBe(false);
  expect(isSelected(null, 4, 1)).toBe(false);
});

it("moved stays inside the grid and jumps to the edge with far", () => {
  const within = { rows: 10, columns: 3, far: false };
  expect(moved({ position: 0, at: 2 }, "ArrowUp", within)).toEqual({ position: 0, at: 2 });
  expect(moved({ position: 0, at: 2 }, "ArrowDown", { ...within, far: true })).toEqual({
    position: 9,
    at: 2,
  });
  expect(moved({ position: 0, at: 2 }, "ArrowLeft", within)).toEqual({ position: 0, at: 1 });
  expect(moved({ position: 0, at: 2 }, "x", within)).toBeNull();
});

it("tabbed wraps to the next and the previous row", () => {
  expect(tabbed({ position: 1, at: 2 }, false, 3, 3)).toEqual({ position: 2, at: 0 });
  expect(tabbed({ position: 1, at: 0 }, true, 3, 3)).toEqual({ position: 0, at: 2 });
  expect(tabbed({ position: 0, at: 0 }, true, 3, 3)).toEqual({ position: 0, at: 0 });
});
