import { describe, expect, test } from "vitest";
import { withOverrides } from "./overrides.ts";
import { PRESETS } from "./presets.ts";
import { speedKey, timesFaster, withSpeed } from "./speed.ts";

const study = withOverrides(PRESETS["mistral-7b-study"], {});
const sameBatch = { threads: 2, workers: 0, batchSize: 1, gradientAccumulation: 4 };
const fastest = { threads: 4, workers: 2, batchSize: 4, gradientAccumulation: 1 };

describe("what a probe chose", () => {
  test("uses the probe's threads and workers, and keeps the batch", () => {
    const { optimisation, threads, workers } = withSpeed(study, {}, { sameBatch, fastest }, false);
    expect({ threads, workers }).toEqual({ threads: 2, workers: 0 });
    expect(optimisation).toEqual(study.optimisation);
  });

  test("also changes the batch if asked to, with the same product", () => {
    const settings = withSpeed(study, {}, { sameBatch, fastest }, true);
    expect(settings).toMatchObject({ threads: 4, workers: 2 });
    expect(settings.optimisation).toEqual({
      ...study.optimisation,
      batchSize: 4,
      gradientAccumulation: 1,
    });
  });

  test("keeps what the user set", () => {
    const own = withOverrides(PRESETS["mistral-7b-study"], { threads: 7, workers: 1 });
    expect(withSpeed(own, { threads: 7 }, { sameBatch, fastest }, true)).toMatchObject({
      threads: 7,
      workers: 2,
    });
    expect(withSpeed(own, { threads: 7, workers: 1 }, { sameBatch, fastest }, false)).toEqual(own);
  });

  test("changes nothing without a probe, or with one that measured nothing", () => {
    expect(withSpeed(study, {}, null, false)).toEqual(study);
    expect(withSpeed(study, {}, { sameBatch: null, fastest: null }, true)).toEqual(study);
  });
});

test("a probe applies to another learning rate, but not to another rank or batch", () => {
  const other = (overrides: Parameters<typeof withOverrides>[1]) =>
    speedKey(withOverrides(PRESETS["mistral-7b-study"], overrides));
  expect(other({ optimisation: { learningRate: 1, epochs: 3 }, threads: 3 })).toEqual(speedKey(study));
  expect(other({ lora: { r: 8 } })).not.toEqual(speedKey(study));
  expect(other({ optimisation: { gradientAccumulation: 8 } })).not.toEqual(speedKey(study));
});

test("the speed-up is the ratio of the measured speeds", () => {
  const measured = [
    { ...sameBatch, tokensPerSecond: 100 },
    { ...fastest, tokensPerSecond: 250 },
  ];
  expect(timesFaster({ first: sameBatch, measured }, fastest)).toBe(2.5);
  expect(timesFaster({ first: sameBatch, measured }, { ...fastest, workers: 0 })).toBeNull();
  expect(timesFaster({ first: null, measured }, fastest)).toBeNull();
});
