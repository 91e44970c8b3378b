import { expect, test } from "vitest";
import { chosenFrom, comparable, listFromUrl, listInUrl, shortName } from "./selection.ts";

const none = { baseline: "", with: "" };

test("chosenFrom defaults to the two newest results, the older as baseline", () => {
  expect(chosenFrom(none, ["base", "v1", "v2"])).toEqual({ baseline: "v1", candidates: ["v2"] });
  expect(chosenFrom(none, ["base"])).toBeNull();
});

test("comparable offers the seeds of a version as one, and each of them after it", () => {
  const found = comparable(["base", "prompted", "v1", "v2.1", "v2.2", "v10"]);
  expect(found).toEqual({ versions: ["base", "prompted", "v1", "v2", "v10"], seeds: ["v2.1", "v2.2"] });
  expect(chosenFrom(none, comparable(["v1", "v2.1", "v2.2"]).versions)).toEqual({
    baseline: "v1",
    candidates: ["v2"],
  });
});

test("chosenFrom restores paths with commas and non-ASCII letters from the URL", () => {
  const candidates = ["/tmp/a, b/résultats.csv", "v3"];
  const url = { baseline: "v1", with: listInUrl(candidates) };
  expect(chosenFrom(url, [])).toEqual({ baseline: "v1", candidates });
});

test("listFromUrl returns the list that listInUrl wrote", () => {
  for (const list of [[""], ["", "a"], ["a,b", "c\\", "\\,"], ["C:\\data\\a.csv", "v2"]])
    expect(listFromUrl(listInUrl(list))).toEqual(list);
});

test("shortName returns a file's name without folder and extension", () => {
  expect(shortName("/tmp/uploads/x/model_v1-results.csv")).toBe("model_v1-results");
  expect(shortName("C:\\study\\results.CSV")).toBe("results");
  expect(shortName("v2")).toBe("v2");
});
