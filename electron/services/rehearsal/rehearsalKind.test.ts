import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import { withOverrides } from "../../../shared/domain/training/overrides.ts";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import type { RehearsalSpec } from "../../../shared/schema/rehearsal.ts";
import { type TrainRow, TrainSpecSchema } from "../../../shared/schema/training.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { parseTemporary } from "../files/temporaryFile.ts";
import { createRunService } from "../run/runService.ts";
import type { Trainer } from "../trainer/trainer.ts";
import type { TrainingDevice } from "../training/trainingDevice.ts";
import { rehearsalKind } from "./rehearsalKind.ts";

const files = createFileLayer();
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-rehearsal-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const spec: RehearsalSpec = {
  version: "v1",
  preset: "mistral-7b",
  inputs: { dataset: "d", prompt: "p" },
  prompt: "suggest",
  settings: withOverrides(PRESETS["mistral-7b"], {}),
};
const rows: TrainRow[] = Array.from({ length: 12 }, (_, at) => ({
  row: at + 1,
  description: `shop ${at}`,
  suggestions: [],
  group: String(at),
  side: at < 9 ? "train" : "validation",
}));
const device: TrainingDevice = {
  device: "cpu",
  available: 64e9,
  total: null,
  isHard: false,
  host: 64e9,
  gpu: null,
  unused: null,
};

/** What the fake trainer does for `time-steps`: returns the seconds of each step. */
type Play = (signal: AbortSignal) => Promise<number[]>;

/** Creates runs with a fake trainer, which takes one of `plays` for each depth. */
function runsWith(plays: Play[], { free = 5e9, available = 64e9, dataset = "d" } = {}) {
  const specs: unknown[] = [];
  const layers: unknown[] = [];
  const scratches: string[] = [];
  const trainer: Trainer = {
    async run(words, { signal, onEvent, schema }) {
      const at = words[words.indexOf("--out") + 1] ?? "";
      if (words[0] === "random-base") {
        scratches.push(path.dirname(at));
        await mkdir(at);
        await writeFile(path.join(at, "config.json"), '{"num_hidden_layers": 2, "hidden_size": 4096}');
        onEvent(schema.parse({ kind: "shard", elapsedSeconds: 1, shard: 1, shards: 1 }));
        return;
      }
      const document = JSON.parse(await readFile(words[2] ?? "", "utf8"));
      specs.push(document);
      layers.push(JSON.parse(await readFile(path.join(document.base.dir, "config.json"), "utf8")));
      onEvent(schema.parse({ kind: "stage", elapsedSeconds: 1, stage: "time-steps" }));
      const stepSeconds = (await plays[specs.length - 1]?.(signal)) ?? [];
      const complete = stepSeconds.length > 0;
      onEvent(schema.parse({ kind: "times", elapsedSeconds: 2, stepSeconds, longestRow: 57, complete }));
    },
  };
  const kind = rehearsalKind({
    files,
    trainer,
    withAccelerator: (_context, body) => body(),
    inference: { lendAccelerator: (body) => body() },
    prompt: async () => ({ template: "{description}", hash: "p" }),
    rows: async () => ({ rows, hash: dataset }),
    device: async () => ({ ...device, available }),
    freeBytes: async () => free,
  });
  const runs = createRunService({ files, runsFolder: folder, kinds: [kind] });
  return { runs, specs, layers, scratches };
}

const leftIn = async (run: string) => (await readdir(run)).filter((name) => name.startsWith("."));

describe("a rehearsal", () => {
  it("measures one and two layers of the same base, and extrapolates to all", async () => {
    const { runs, specs, layers, scratches } = runsWith([async () => [2, 2], async () => [3, 3]]);
    const { run, result } = await runs.start("rehearsal", spec);
    expect(run.title).toBe("rehearse v1 (mistral-7b)");
    expect(await result).toMatchObject({
      memory: { fits: true, available: 64e9, remedy: null },
      longestRow: 57,
      pace: { kind: "measured", seconds: 33 },
      // Nine rows make three batches of four, in each of four epochs.
      steps: { perEpoch: 3, most: 12, epochs: 4 },
      seconds: 12 * 33,
    });
    expect(layers).toEqual([1, 2].map((one) => ({ num_hidden_layers: one, hidden_size: 4096 })));
    expect(specs.map((one) => TrainSpecSchema.omit({ resume: true }).safeParse(one).error)).toEqual([
      undefined,
      undefined,
    ]);
    expect(await leftIn(run.folder)).toEqual([]);
    // Recovery finds it by its name after a kill.
    expect(parseTemporary(path.basename(scratches[0] ?? ""))).toMatchObject({ of: "rehearsal" });
  });

  it("names what would fit when the memory doesn't suffice", async () => {
    const { runs } = runsWith([async () => [2], async () => [3]], { available: 16e9 });
    const { result } = await runs.start("rehearsal", spec);
    expect(await result).toMatchObject({ memory: { fits: false, available: 16e9 } });
  });

  it("doesn't measure two layers when one is too slow", async () => {
    const { runs, specs } = runsWith([async () => []]);
    const { result } = await runs.start("rehearsal", spec);
    expect(await result).toMatchObject({ pace: { kind: "slower-than", seconds: 30 }, seconds: 12 * 30 });
    expect(specs).toHaveLength(1);
  });

  it("removes its base after a failure and after a cancel", async () => {
    const fails = runsWith([() => Promise.reject(new Failure("missing", "not enough memory"))]);
    const failed = await fails.runs.start("rehearsal", spec);
    await expect(failed.result).rejects.toMatchObject({ message: "not enough memory" });
    expect(await leftIn(failed.run.folder)).toEqual([]);

    const { promise: isMeasuring, resolve: measures } = Promise.withResolvers<void>();
    const waits = runsWith([
      (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
          measures();
        }),
    ]);
    const { run, result } = await waits.runs.start("rehearsal", spec);
    result.catch(() => {});
    await isMeasuring;
    await waits.runs.cancel(run.id);
    await expect(result).rejects.toMatchObject({ code: "cancelled" });
    expect(await leftIn(run.folder)).toEqual([]);
  });

  it("is refused on a full disk or when the dataset changed", async () => {
    for (const [setting, message] of [
      [{ free: 1e9 }, "a rehearsal needs 1.8 GB for a few minutes, but the disk has only 1.0 GB free"],
      [{ dataset: "another" }, "the dataset changed after this rehearsal started"],
    ] as const) {
      const { runs, scratches } = runsWith([], setting);
      const { result } = await runs.start("rehearsal", spec);
      await expect(result).rejects.toMatchObject({ message });
      expect(scratches).toEqual([]);
    }
  });
});
