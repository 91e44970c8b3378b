import { describe, expect, it } from "vitest";
import { pageSize, queryFromUrl, type RowsUrl } from "./useComparedRows.ts";

const plain: RowsUrl = {
  filter: "all",
  split: "dev",
  q: "",
  slice: "*",
  from: "",
  to: "",
  order: "row",
  page: "0",
};
const queryOf = (change: Partial<RowsUrl>) => queryFromUrl({ ...plain, ...change });

describe("queryFromUrl", () => {
  it("asks for the first page of all development rows by default", () => {
    expect(queryOf({})).toEqual({
      split: "dev",
      filter: "all",
      from: null,
      to: null,
      slices: null,
      text: "",
      order: "row",
      offset: 0,
      limit: pageSize,
    });
  });

  it("takes every condition that the URL holds", () => {
    expect(
      queryOf({ split: "heldout", q: "bakery", from: "safe-answered", order: "change", page: "2" }),
    ).toMatchObject({ split: "heldout", text: "bakery", order: "change", offset: 2 * pageSize });
  });

  it("tells any slice, no slice and a list of slices with commas in their names apart", () => {
    expect(queryOf({ slice: "*" }).slices).toBeNull();
    expect(queryOf({ slice: "" }).slices).toEqual([""]);
    expect(queryOf({ slice: "food,health%2C%20care" }).slices).toEqual(["food", "health, care"]);
  });

  it.each(["-1", "1.5", "NaN", "1e99", "many", ""])("shows the first page for page=%s", (page) => {
    expect(queryOf({ page }).offset).toBe(0);
  });

  it("ignores values that it does not know instead of failing", () => {
    expect(queryOf({ split: "train", filter: "best", from: "x", to: "y", order: "random" })).toEqual(
      queryOf({}),
    );
  });

  it("cuts a text that is too long for the host", () => {
    expect(queryOf({ q: "x".repeat(501) }).text).toHaveLength(500);
  });
});
