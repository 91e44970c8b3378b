import { expect, it } from "vitest";
import type { NextStep } from "../../../shared/schema/overview.ts";
import { stepHref } from "./stepHref.ts";

const nowhere = { screen: "overview", version: null, baseline: null, run: null } as const;
const step = (kind: NextStep["kind"], lead: Partial<NextStep["lead"]>): NextStep => ({
  kind,
  label: "",
  words: "",
  lead: { ...nowhere, ...lead },
});

it.each([
  [step("train", { screen: "train", version: "v2" }), "train?version=v2"],
  [step("compare", { screen: "compare", version: "v2", baseline: "v1" }), "compare?baseline=v1&with=v2"],
  [step("evaluate", { screen: "evaluate", version: "base" }), "evaluate?view=start&versions=base"],
  [step("write-rows", { screen: "evaluate", version: "v2" }), "evaluate?view=rows&version=v2"],
  [step("fix-dataset", { screen: "datasets", version: "v1" }), "datasets?file=dataset_v1.csv"],
  [step("add-dataset", { screen: "datasets" }), "datasets"],
  [step("resume", { screen: "runs", run: "r1" }), "runs?run=r1"],
])("stepHref links a step to its screen and subject", (next, path) => expect(stepHref(next)).toBe(path));
