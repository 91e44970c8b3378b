// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { runHook } from "../../testing/screen.tsx";
import { useChosen } from "./useSelection.ts";

const results = ["base", "v1", "v2"];
const chosenAt = (at: string, known: readonly string[] = results) =>
  runHook(() => useChosen(known), { at: `/w/one/compare${at}` });

describe("useChosen", () => {
  it("compares the two newest results when the URL has no selection", () => {
    const { chosen, shown } = chosenAt("").result.current;
    expect(chosen).toEqual({ baseline: "v1", candidates: ["v2"] });
    expect(shown).toBe("v2");
  });

  it("returns no selection for fewer than two results", () => {
    expect(chosenAt("", ["v1"]).result.current.chosen).toBeNull();
  });

  it("shows the candidate from the URL, or the first one if the URL names an unknown version", () => {
    expect(chosenAt("?baseline=base&with=v1,v2&shown=v2").result.current.shown).toBe("v2");
    expect(chosenAt("?baseline=base&with=v1,v2&shown=v9").result.current.shown).toBe("v1");
  });

  it("restores a selection from the URL, including files with commas in their names", () => {
    const { result, address } = chosenAt("");
    const chosen = { baseline: "base", candidates: ["v2", "/data/a,b.csv"] };
    act(() => result.current.choose(chosen));
    expect(result.current.chosen).toEqual(chosen);
    expect(chosenAt(address().slice("/w/one/compare".length)).result.current.chosen).toEqual(chosen);
  });

  it("shows the first candidate again after the selection changes", () => {
    const { result } = chosenAt("?baseline=base&with=v1,v2&shown=v2");
    act(() => result.current.choose({ baseline: "v2", candidates: ["base", "v1"] }));
    expect(result.current.shown).toBe("base");
    act(() => result.current.show("v1"));
    expect(result.current.shown).toBe("v1");
  });
});
