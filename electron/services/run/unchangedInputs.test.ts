import { expect, it } from "vitest";
import { assertUnchanged } from "./unchangedInputs.ts";

const started = { testSet: "a", base: "b", judge: { kind: "rule", model: null } };

it("assertUnchanged accepts inputs with equal values", () => {
  expect(() =>
    assertUnchanged("evaluation", started, structuredClone(started), "Start again."),
  ).not.toThrow();
});

it("assertUnchanged names every input that changed", () => {
  const now = { ...started, base: "c", judge: { kind: "openai", model: null } };
  expect(() => assertUnchanged("evaluation", started, now, "Start again.")).toThrow(
    expect.objectContaining({
      code: "bad-value",
      message: "the base and judge changed after this evaluation started",
      hint: "Start again.",
    }),
  );
});
