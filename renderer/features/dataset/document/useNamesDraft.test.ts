import { describe, expect, it } from "vitest";
import { draftOf, reopened, settled } from "./useNamesDraft.ts";

describe("names draft", () => {
  it("draftOf reads the cell's list, or names from its text", () => {
    expect(draftOf('["a","b"]').names).toEqual(["a", "b"]);
    expect(draftOf("one, two").names).toEqual(["one", "two"]);
    expect(draftOf("[]").names).toEqual([]);
  });

  it("settled replaces the opened name with one or several typed names", () => {
    expect(settled({ names: ["a", "b"], text: "x, y", replacing: null })).toEqual(["a", "b", "x", "y"]);
    expect(settled({ names: ["a", "b", "c"], text: "x", replacing: 1 })).toEqual(["a", "x", "c"]);
    expect(settled({ names: ["a", "b"], text: " ", replacing: 0 })).toEqual(["b"]);
  });

  it("reopened keeps the typed text when another name is opened", () => {
    expect(reopened({ names: ["a", "b"], text: "new", replacing: null }, 0)).toEqual({
      names: ["a", "b", "new"],
      text: "a",
      replacing: 0,
    });
    expect(reopened({ names: ["a", "b", "c"], text: "", replacing: 0 }, 2)).toEqual({
      names: ["b", "c"],
      text: "c",
      replacing: 1,
    });
  });
});
