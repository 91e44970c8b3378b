import { LlamaContextSequence } from "node-llama-cpp";
import { expect, it } from "vitest";
import { canReread } from "./rereads.ts";

it("the installed node-llama-cpp lets an output be read again", () => {
  expect(canReread(Object.create(LlamaContextSequence.prototype))).toBe(true);
});
