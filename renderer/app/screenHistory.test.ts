import { expect, test } from "vitest";
import { keepPlace, placeOf } from "./screenHistory.ts";

test("a screen is come back to as it was left, in its own workspace", () => {
  keepPlace("one", "datasets", "file=dataset_v1.csv&q=tea%20shop");
  expect(placeOf("one", "datasets", "train")).toBe("/w/one/datasets?file=dataset_v1.csv&q=tea%20shop");
  expect(placeOf("two", "datasets", "train")).toBe("/w/two/datasets");
  expect(placeOf("one", "runs", "train")).toBe("/w/one/runs");
  keepPlace("one", "datasets", "");
  expect(placeOf("one", "datasets", "train")).toBe("/w/one/datasets");
});

test("a screen's own key leads to its beginning", () => {
  keepPlace("one", "runs", "run=a");
  expect(placeOf("one", "runs", "runs")).toBe("/w/one/runs");
});
