import path from "node:path";
import { expect, it } from "vitest";
import { neededBytes, readOptions, shapes, UsageError } from "./options.mjs";

it("rehearses two layers in the temporary folder by default", () => {
  const { shape, device, precisions, train } = readOptions([]);
  expect({ shape, device, precisions, train }).toEqual({
    shape: "2-layers",
    device: "auto",
    precisions: ["q4_0", "q8_0"],
    train: null,
  });
});

it("requires a folder for the full shape and names the space it takes", () => {
  expect(() => readOptions(["--shape", "7b"])).toThrow(/writes about \d\d GB: say where with --folder DIR/);
  expect(readOptions(["--shape", "7b", "--folder", "large"]).folder).toBe(path.resolve("large"));
});

it("reads lists without repeats", () => {
  const { precisions, train } = readOptions(["--precision", "q4_0,f16,q4_0", "--train", "bfloat16"]);
  expect(precisions).toEqual(["q4_0", "f16"]);
  expect(train).toEqual(["bfloat16"]);
});

it.each([
  ["--shape", "13b"],
  ["--device", "tpu"],
  ["--precision", "q8_0,q2"],
  ["--train", "float8"],
  ["--fast"],
  ["words"],
])("refuses %s %s", (...words) => {
  expect(() => readOptions(words)).toThrow(UsageError);
});

it("counts the base, the largest GGUF file and the merged export", () => {
  const { bytes } = shapes["7b"];
  expect(neededBytes("7b", ["f16"])).toBe(3 * bytes + 3e9);
  expect(neededBytes("7b", ["q8_0", "q4_0"])).toBeLessThan(neededBytes("7b", ["q4_0", "q8_0"]));
});
