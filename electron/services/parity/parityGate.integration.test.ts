import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { effectThresholds } from "../../../shared/domain/parity/gate.ts";
import type { ModelRef } from "../../../shared/schema/inference.ts";
import type { GateResult, ParityReference } from "../../../shared/schema/parity.ts";
import { createInferenceService } from "../inference/inferenceService.ts";
import { engineMissing, fixtureModel, launchRealWorker, parityFile } from "../testing/engineFixtures.ts";
import { assertGate, readParityReference, runParityGate } from "./parityGate.ts";

// The engine shares the CPU cores with other tests.
vi.setConfig({ testTimeout: 90_000 });

const missing = engineMissing();

/** How far below the lower threshold each control must be, so that the gate doesn't depend on luck. */
const distance = 0.03;

describe.skipIf(missing !== null)(
  `the parity gate with real adapters${missing === null ? "" : ` (skipped: ${missing})`}`,
  () => {
    const inference = createInferenceService({ launchWorker: launchRealWorker, gpu: "none" });
    let reference: ParityReference;
    beforeAll(async () => {
      reference = await readParityReference(parityFile);
    });
    afterAll(() => inference.stop());

    const gate = (model: ModelRef): Promise<GateResult> => runParityGate({ inference, model, reference });

    test("passes the adapter by a clear margin", async () => {
      const result = await gate(fixtureModel("adapter"));
      console.info(
        `adapter: agreement ${result.effect.agreement?.toFixed(4)}`,
        result.greedy,
        result.distribution,
      );
      expect(result.reasons).toEqual([]);
      expect(result).toMatchObject({
        passed: true,
        tokens: { verdict: "passed", equal: reference.sequences.length },
        greedy: { verdict: "passed" },
        effect: { verdict: "passed" },
      });
      expect(result.effect.agreement).toBeGreaterThan(
        effectThresholds.exact + (1 - effectThresholds.exact) / 2,
      );
      expect(result.distribution.maxKl).toBeLessThan(1e-3);
      expect(() => assertGate(result)).not.toThrow();
    });

    test.each([
      ["no adapter", fixtureModel(null)],
      ["scale 0.5", fixtureModel("adapter", 0.5)],
      ["unpermuted q and k", fixtureModel("unpermuted")],
      ["another version's adapter", fixtureModel("other")],
    ])("fails the control %s", async (name, model) => {
      const result = await gate(model);
      console.info(`${name}: agreement ${result.effect.agreement?.toFixed(4)}, ${result.reasons.at(-1)}`);
      expect(result.effect.verdict).toBe("failed");
      expect(result.effect.agreement).toBeLessThan(effectThresholds.rounded - distance);
      expect(() => assertGate(result)).toThrow(/agreement on the adapter's effect/);
    });
  },
);
