import { expect, it } from "vitest";
import { sentence } from "./sentence.ts";

it.each([
  ["the row is empty", "The row is empty"],
  ["data/dataset_v1.csv: line 2 has 3 cells", "data/dataset_v1.csv: line 2 has 3 cells"],
  ["dataset_v1.csv is not there", "dataset_v1.csv is not there"],
  ["v2 was not trained", "v2 was not trained"],
  ["`compare` wants two files", "`compare` wants two files"],
  ["Already so", "Already so"],
  ["", ""],
])("%j begins as %j", (words, shown) => {
  expect(sentence(words)).toBe(shown);
});
