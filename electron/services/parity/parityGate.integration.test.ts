import { afterAll, describe, expect, test, vi } from "vitest";
import type { AdapterRef } from "../../../shared/schema/inference.ts";
import type { GateResult } from "../../../shared/schema/parity.ts";
import { createInferenceService } from "../inference/inferenceService.ts";
import {
  baseGguf,
  engineMissing,
  fixtureAdapter,
  gentleParityFile,
  launchRealWorker,
  parityFile,
} from "../testing/engineFixtures.ts";
import { assertGate, readParityReference, runParityGate } from "./parityGate.ts";

// The engine shares the CPU cores with other tests.
vi.setConfig({ testTimeout: 90_000 });

const missing = engineMissing();

/** A gentle training: 3 % of the adapter's scale, with a reference in bfloat16. The reference's noise is in its effect. */
const cases = [
  { training: "float32", file: parityFile, scale: 1 },
  { training: "gentle, bfloat16", file: gentleParityFile, scale: 0.03 },
];

describe.skipIf(missing !== null)(
  `the parity gate with real adapters${missing === null ? "" : ` (skipped: ${missing})`}`,
  () => {
    const inference = createInferenceService({ launchWorker: launchRealWorker, gpu: "none" });
    afterAll(() => inference.stop());

    async function gate(file: string, adapter: AdapterRef, scale: number): Promise<GateResult> {
      const unpermuted = fixtureAdapter(
        adapter.path.includes("unpermuted") ? "adapter" : "unpermuted",
        scale,
      );
      const name = adapter.path.includes("other") ? "adapter" : "other";
      return runParityGate({
        inference,
        base: baseGguf,
        model: { gguf: baseGguf, adapter },
        unpermuted,
        other: {
          name: "another version",
          model: { gguf: baseGguf, adapter: fixtureAdapter(name, scale) },
        },
        reference: await readParityReference(file),
      });
    }

    describe.each(cases)("$training", ({ file, scale }) => {
      test("passes the adapter, which is far nearer than each control", async () => {
        const result = await gate(file, fixtureAdapter("adapter", scale), scale);
        console.info(result.effect, result.greedy, result.distribution);
        expect(result.reasons).toEqual([]);
        expect(result).toMatchObject({
          passed: true,
          tokens: { verdict: "passed", equal: result.sequences },
          effect: { verdict: "passed" },
        });
        expect(result.effect.controls.map(({ name, verdict }) => [name, verdict])).toEqual([
          ["no adapter", "passed"],
          ["half its scale", "passed"],
          ["unpermuted q and k", "passed"],
          ["another version", "passed"],
        ]);
        for (const { position } of result.effect.controls) expect(Math.abs(position ?? 1)).toBeLessThan(0.25);
        expect(() => assertGate(result)).not.toThrow();
      });

      test.each([
        ["no adapter", fixtureAdapter("adapter", 0)],
        ["scale 0.5", fixtureAdapter("adapter", scale / 2)],
        ["scale 2", fixtureAdapter("adapter", scale * 2)],
        ["unpermuted q and k", fixtureAdapter("unpermuted", scale)],
        ["another version's adapter", fixtureAdapter("other", scale)],
      ])("fails %s", async (name, adapter) => {
        const result = await gate(file, adapter, scale);
        console.info(`${name}: ${result.reasons.join("; ")}`);
        expect(result.effect.verdict).toBe("failed");
        expect(() => assertGate(result)).toThrow(/nats|nearer/);
      });
    });
  },
);
