import { expect, test } from "vitest";
import { thresholdWords } from "./thresholdWords.ts";

test("thresholdWords names the trivial policies and gives any other threshold", () => {
  expect([0, 0.00612, 1].map(thresholdWords)).toEqual([
    "refuse everything",
    "refuse from 0.00612",
    "answer everything",
  ]);
});
