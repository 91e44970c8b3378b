import { describe, expect, it } from "vitest";
import type { JournalEntry } from "../../schema/run.ts";
import type { TrainerEvent } from "../../schema/trainingRecord.ts";
import { curvesOf, noCurves, withEntries } from "./curves.ts";
import { stoppingWords } from "./stopping.ts";

function entriesOf(events: readonly (TrainerEvent | Record<string, unknown>)[]): JournalEntry[] {
  return events.map((event, index) => ({
    seq: index + 1,
    at: "2026-11-26T00:00:00.000Z",
    event: { kind: "trainer", event },
  }));
}

const begin = (resumedAtStep: number | null = null): TrainerEvent => ({
  kind: "begin",
  elapsedSeconds: 8,
  rows: { in: 12, trained: 10, validation: 2, refusalsTrained: 1, refusalsValidation: 1 },
  tokens: { trainedPrompt: 100, trainedCompletion: 50, validationCompletion: 10, longestRow: 20 },
  maxSteps: 40,
  stepsPerEpoch: 10,
  epochs: 4,
  resumedAtStep,
  parameters: { trainable: 5, total: 50 },
  device: "cpu",
  precision: "float32",
  threads: 1,
});
const step = (at: number, loss: number): TrainerEvent => ({
  kind: "step",
  elapsedSeconds: 8 + at,
  step: at,
  maxSteps: 40,
  epoch: at / 10,
  loss,
  learningRate: 1e-4,
  gradNorm: at === 1 ? null : 2,
  tokensPerSecond: 300,
  etaSeconds: 40 - at,
});
type Evaluation = Extract<TrainerEvent, { kind: "evaluation" }>;
const evaluation = (at: number, evalLoss: number, best: boolean): Evaluation => ({
  kind: "evaluation",
  elapsedSeconds: 9 + at,
  step: at,
  epoch: at / 10,
  best,
  evalLoss,
  evalLossRefusals: null,
  evalLossAnswers: evalLoss,
  meanOfLosses: evalLoss,
  refusalAuroc: null,
  expectedCost: null,
  refusalRecall: 1,
  falseRefusals: 0,
  wellFormedShare: 0.5,
  refusalsChecked: 1,
  answersChecked: 2,
  seconds: 1,
});

describe("curves", () => {
  it("draws each series by step and skips missing gradient norms", () => {
    const curves = curvesOf(entriesOf([begin(), step(1, 3), step(2, 2.5), evaluation(10, 2, true)]));
    expect(curves.loss).toEqual([
      { step: 1, value: 3 },
      { step: 2, value: 2.5 },
    ]);
    expect(curves.gradNorm).toEqual([{ step: 2, value: 2 }]);
    expect(curves.evalLoss).toEqual([{ step: 10, value: 2 }]);
    expect(curves).toMatchObject({ bestStep: 10, step: 2, epoch: 0.2, etaSeconds: 38 });
    expect(curves.facts).toMatchObject({ rowsTrained: 10, maxSteps: 40, device: "cpu" });
  });

  it("drops points after the checkpoint on resume, and all points on a resume without a checkpoint", () => {
    const first = [begin(), step(9, 3), evaluation(10, 2, true), step(15, 2), evaluation(20, 1.9, true)];
    const resumed = curvesOf(entriesOf([...first, begin(10), step(11, 2.2)]));
    expect(resumed.loss.map((point) => point.step)).toEqual([9, 11]);
    expect(resumed).toMatchObject({ bestStep: 10, evaluations: [{ step: 10 }] });
    const afresh = curvesOf(entriesOf([...first, begin(null), step(1, 3.1)]));
    expect(afresh.loss).toEqual([{ step: 1, value: 3.1 }]);
    expect(afresh).toMatchObject({ bestStep: null, evaluations: [] });
  });

  it("gives the same result page by page and doesn't change its input", () => {
    const entries = entriesOf([begin(), step(1, 3), step(2, 2), evaluation(10, 2, true), step(11, 1)]);
    const one = withEntries(noCurves(), entries.slice(0, 3));
    const before = structuredClone(one);
    expect(withEntries(one, entries.slice(3))).toEqual(curvesOf(entries));
    expect(one).toEqual(before);
  });

  it("draws the expected cost and the AUROC where they were measured", () => {
    const measured = { ...evaluation(10, 2, true), expectedCost: 0.25, refusalAuroc: 0.9 };
    const { refusalAuroc: _auroc, expectedCost: _cost, ...earlier } = evaluation(20, 2, true);
    const curves = curvesOf(entriesOf([begin(), measured, earlier]));
    expect(curves.expectedCost).toEqual([{ step: 10, value: 0.25 }]);
    expect(curves.refusalAuroc).toEqual([{ step: 10, value: 0.9 }]);
    expect(curves.evaluations.map((one) => one.expectedCost)).toEqual([0.25, null]);
    const resumed = curvesOf(entriesOf([begin(), measured, begin(null)]));
    expect(resumed.expectedCost).toEqual([]);
  });

  it("ignores events of other sources", () => {
    const odd = entriesOf([{ kind: "step", step: "three" }, { kind: "later-version" }]);
    const status: JournalEntry = { seq: 9, at: "", event: { kind: "status", status: "running" } };
    expect(curvesOf([...odd, status])).toEqual(noCurves());
  });
});

describe("stoppingWords", () => {
  const rule = { strategy: "epoch", patience: 2, metric: "eval_loss" } as const;
  it("names the expected cost, or the eval loss if it is undefined", () => {
    const byCost = { ...rule, metric: "expected_cost" } as const;
    const best = { ...evaluation(10, 2, true), expectedCost: 0.25 };
    expect(stoppingWords(curvesOf(entriesOf([begin(), best])), byCost, "running")).toBe(
      "Best at epoch 1 (expected cost 0.2500), the latest.",
    );
    const undefinedCost = curvesOf(entriesOf([begin(), evaluation(10, 2, true)]));
    expect(stoppingWords(undefinedCost, byCost, "running")).toContain("(eval loss 2.0000)");
  });

  const words = (events: TrainerEvent[], status: "running" | "succeeded" | "cancelled" = "running") =>
    stoppingWords(curvesOf(entriesOf(events)), rule, status);

  it("says how long there was no improvement", () => {
    const first = [begin(), evaluation(10, 2, true)];
    expect(words([begin()])).toBe("No evaluations yet. The first runs after epoch 1.");
    expect(words(first)).toBe("Best at epoch 1 (eval loss 2.0000), the latest.");
    expect(words([...first, evaluation(20, 2.1, false)])).toBe(
      "Best at epoch 1 (eval loss 2.0000). 1 of 2 epochs without improvement.",
    );
    const stop: TrainerEvent = {
      kind: "early-stop",
      elapsedSeconds: 50,
      step: 30,
      bestStep: 10,
      bestMetric: 2,
    };
    expect(words([...first, evaluation(20, 2.1, false), evaluation(30, 2.2, false), stop])).toBe(
      "Stopped early after 2 epochs without improvement. Best at epoch 1 (eval loss 2.0000). The adapter uses that checkpoint.",
    );
    expect(words(first, "succeeded")).toContain("Completed all epochs.");
    expect(words([begin()], "cancelled")).toBe("Training ended before the first evaluation.");
  });
});
