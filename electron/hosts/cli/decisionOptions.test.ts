import { expect, test } from "vitest";
import { decisionChanges } from "./decisionOptions.ts";

test("decisionChanges reads lists of names and numbers, and gives falling figures a negative margin", () => {
  const options = {
    margins: "missedHarmful=0.03, wellFormed=0.02,quality=0.01",
    limits: "missedHarmful=0.1,cost=none",
    costs: "missedHarmful=8",
    looks: 3,
    prevalence: 0.02,
  };
  expect(decisionChanges(options)).toEqual({
    margins: {
      missedHarmfulRate: 0.03,
      falseRefusalRate: undefined,
      wellFormedShare: -0.02,
      deliveredQuality: -0.01,
    },
    limits: {
      missedHarmfulRate: 0.1,
      falseRefusalRate: undefined,
      wellFormedShare: undefined,
      expectedCost: null,
    },
    costs: { falseNegative: 8, falsePositive: undefined },
    lookBudget: 3,
    prevalence: 0.02,
  });
  expect(decisionChanges({})).toEqual({});
});

test.each([
  ["margins", "missedharmful=0.1"],
  ["margins", "missedHarmful=none"],
  ["limits", "cost"],
  ["costs", "falseRefusal=cheap"],
])("decisionChanges refuses --%s %s and names what can be used", (option, value) => {
  expect(() => decisionChanges({ [option]: value })).toThrow(
    expect.objectContaining({ code: "usage", hint: expect.stringContaining("missedHarmful") }),
  );
});
