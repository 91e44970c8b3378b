import { describe, expect, it } from "vitest";
import { mistral7b } from "../../../shared/domain/training/mistral7b.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { onAccelerator } from "./trainingAccelerator.ts";
import type { TrainingDevice } from "./trainingDevice.ts";

const gpu = (gigabytes: number): TrainingDevice => ({
  device: "cuda",
  available: gigabytes * 1e9,
  total: 25e9,
  isHard: true,
  host: 64e9,
  gpu: null,
  unused: null,
});

/** Trains on a device that is measured as each of `devices` in turn. Returns what happened in order. */
async function trainOn(devices: TrainingDevice[], { anyway = false, pids = [7] } = {}) {
  const happened: string[] = [];
  let running = pids;
  const inference = {
    pids: () => running,
    lendAccelerator: async <T>(body: () => Promise<T>) => {
      running = [];
      happened.push("inference ends");
      return body();
    },
  };
  const training = {
    model: mistral7b,
    settings: { ...PRESETS["mistral-7b-study"], device: "auto" as const },
    rows: {},
    anyway,
    warn: async (code: string) => void happened.push(`warns of ${code}`),
    measure: async () => {
      happened.push("measures");
      return devices.length > 1 ? (devices.shift() as TrainingDevice) : (devices[0] as TrainingDevice);
    },
    wait: async () => {},
  };
  const failure = await onAccelerator(inference, training, async () => void happened.push("trains")).then(
    () => null,
    (error: Error) => error,
  );
  return { happened, failure };
}

describe("a training on a GPU", () => {
  it("measures when our inference process has ended, and waits for its memory", async () => {
    const { happened, failure } = await trainOn([gpu(9), gpu(9), gpu(24)]);
    expect(failure).toBeNull();
    expect(happened).toEqual(["inference ends", "measures", "measures", "measures", "trains"]);
  });

  it("is refused when other programs hold the memory, and names --anyway", async () => {
    const { happened, failure } = await trainOn([gpu(9)], { pids: [] });
    expect(failure).toMatchObject({ code: "missing", hint: expect.stringContaining("--anyway") });
    expect(happened).toEqual(["inference ends", "measures"]);
  });

  it("runs anyway when asked to, with a warning", async () => {
    const { happened } = await trainOn([gpu(9)], { pids: [], anyway: true });
    expect(happened).toEqual(["inference ends", "measures", "warns of memory", "trains"]);
  });
});

it("a training on a CPU runs with a warning when memory seems short", async () => {
  const cpu = { ...gpu(9), device: "cpu", isHard: false, total: null } as const;
  const { happened, failure } = await trainOn([cpu], { pids: [] });
  expect(failure).toBeNull();
  expect(happened).toEqual(["inference ends", "measures", "warns of memory", "trains"]);
});

it("a training beside a GPU that torch can't use says so before it starts", async () => {
  const unused = { name: "Tesla V100", reason: "its driver is too old", hint: "Update it." };
  const cpu = { ...gpu(64), device: "cpu", isHard: false, unused } as const;
  expect((await trainOn([cpu], { pids: [] })).happened).toContain("warns of gpu-unused");
});
