import { expect, test } from "vitest";
import { hrefOf, rememberScreen } from "./screenHistory.ts";

test("hrefOf returns a screen's last URL in the same workspace", () => {
  rememberScreen("one", "datasets", "file=dataset_v1.csv&q=tea%20shop");
  expect(hrefOf("one", "datasets", "train")).toBe("/w/one/datasets?file=dataset_v1.csv&q=tea%20shop");
  expect(hrefOf("two", "datasets", "train")).toBe("/w/two/datasets");
  expect(hrefOf("one", "runs", "train")).toBe("/w/one/runs");
  rememberScreen("one", "datasets", "");
  expect(hrefOf("one", "datasets", "train")).toBe("/w/one/datasets");
});

test("hrefOf returns the plain URL of the current screen", () => {
  rememberScreen("one", "runs", "run=a");
  expect(hrefOf("one", "runs", "runs")).toBe("/w/one/runs");
});
