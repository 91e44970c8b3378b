import { expect, it } from "vitest";
import { TrainingPlanSchema } from "../../../shared/schema/trainingPlan.ts";
import { trainingPlanText } from "./trainingPlanText.ts";

const plan = TrainingPlanSchema.parse({
  version: "v1",
  preset: "mistral-7b",
  spec: {},
  command: "namewright train",
  rows: { in: 120, trained: 106, validation: 14, refusalsTrained: 14, refusalsValidation: 2 },
  steps: { perEpoch: 27, most: 108, epochs: 4 },
  time: { seconds: null, basis: "no training on this base has finished here yet" },
  device: { device: "cuda", words: "NVIDIA GeForce RTX 4090 (GPU 1), 9.2 GB free" },
  memory: { needed: 19.4e9, available: 9.2e9, parts: [{ name: "weights", bytes: 14.5e9 }] },
  disk: { needed: 9e9, available: 1e12 },
  findings: [
    { severity: "note", code: "busy", message: "Evaluate v1 is running.", hint: null },
    { severity: "error", code: "memory", message: "Too little memory.", hint: "Use batch 1." },
  ],
});

it("shows the facts of the plan, then its findings, errors first", () => {
  const text = trainingPlanText(plan);
  expect(text).toContain("106 for training, 14 for validation, including 14 refusals and 2");
  expect(text).toContain("maximum 108: 4 epochs of 27");
  expect(text).toContain("NVIDIA GeForce RTX 4090 (GPU 1)");
  expect(text).toContain("about 19.4 GB of 9.2 GB available, mostly the base model's weights (14.5 GB)");
  expect(text.indexOf("error: Too little memory.")).toBeLessThan(text.indexOf("note: Evaluate v1"));
  expect(text).toContain("Use batch 1.");
});

it("shows a dash for what isn't known", () => {
  const text = trainingPlanText({ ...plan, rows: null, steps: null, memory: null, disk: null, findings: [] });
  expect(text.match(/–/g)).toHaveLength(5);
  expect(text).toContain("No problems found.");
});
