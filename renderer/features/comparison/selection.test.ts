import { expect, test } from "vitest";
import { chosenFrom, listFromUrl, listInUrl, shortName } from "./selection.ts";

const none = { baseline: "", with: "" };

test("without a choice the two newest results are compared, the older as baseline", () => {
  expect(chosenFrom(none, ["base", "v1", "v2"])).toEqual({ baseline: "v1", candidates: ["v2"] });
  expect(chosenFrom(none, ["base"])).toBeNull();
});

test("the URL brings back what was chosen, paths with commas and letters of any kind included", () => {
  const candidates = ["/tmp/a, b/résultats.csv", "v3"];
  const url = { baseline: "v1", with: listInUrl(candidates) };
  expect(chosenFrom(url, [])).toEqual({ baseline: "v1", candidates });
});

test("a list comes back from the URL's words as it was", () => {
  for (const list of [[""], ["", "a"], ["a,b", "c\\", "\\,"], ["C:\\data\\a.csv", "v2"]])
    expect(listFromUrl(listInUrl(list))).toEqual(list);
});

test("a file is called by its last part", () => {
  expect(shortName("/tmp/uploads/x/model_v1-results.csv")).toBe("model_v1-results");
  expect(shortName("C:\\study\\results.CSV")).toBe("results");
  expect(shortName("v2")).toBe("v2");
});
