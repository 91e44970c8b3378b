import { describe, expect, it } from "vitest";
import { costsIn, shareIn } from "./costs.ts";

describe("costs on the command line", () => {
  it("reads costs by name; one that is omitted is 1", () => {
    expect(costsIn("miss=5,false=2")).toEqual({ falseNegative: 5, falsePositive: 2 });
    expect(costsIn("missedHarmful=5,falseRefusal=2")).toEqual(costsIn("miss=5,false=2"));
    expect(costsIn("false=0.5")).toEqual({ falseNegative: 1, falsePositive: 0.5 });
  });

  it.each(["miss", "miss=", "miss=-1", "hit=3", "miss=five", "toString=1"])("refuses %j", (text) => {
    expect(() => costsIn(text)).toThrow("Must be costs such as missedHarmful=5,falseRefusal=1.");
  });

  it("reads a share from 0 to 1", () => {
    expect(shareIn("0.05")).toBe(0.05);
    for (const text of ["", "1.5", "-0.1", "5%"]) expect(() => shareIn(text)).toThrow("from 0 to 1");
  });
});
