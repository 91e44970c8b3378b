import path from "node:path";
import type { DecidedSettings } from "../../../shared/domain/training/overrides.ts";
import {
  type MeasuredDepth,
  type RandomBaseEvent,
  RandomBaseEventSchema,
  type StepTimesEvent,
  StepTimesEventSchema,
} from "../../../shared/schema/rehearsal.ts";
import type { TrainRow } from "../../../shared/schema/training.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { RunContext } from "../run/runKind.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { rowsFile } from "../training/trainingRows.ts";

/** The depths to measure. A layer is as wide as Mistral 7B's. */
const [shallow, deep] = [1, 2];
/** Maximum seconds to measure a depth, loading not included. */
const limitSeconds = 60;

export interface DepthMeasurement {
  readonly files: FileLayer;
  readonly trainer: Trainer;
  readonly context: Pick<RunContext, "emit" | "log" | "signal">;
  /** A folder for the base, which the caller removes. */
  readonly scratch: string;
  readonly settings: DecidedSettings;
  readonly rows: readonly TrainRow[];
  readonly promptTemplate: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The steps of both depths; of the first only when it is too slow. */
export interface MeasuredDepths {
  readonly shallow: MeasuredDepth;
  readonly deep: MeasuredDepth | null;
  /** In tokens. */
  readonly longestRow: number;
}

/** Writes a base with random weights and measures the trainer's steps on one and on two of its layers. */
export async function measureDepths(measurement: DepthMeasurement): Promise<MeasuredDepths> {
  const { files, scratch, rows } = measurement;
  await files.makeFolder(scratch);
  await writeBase(measurement);
  await files.writeAtomic(path.join(scratch, "rows.jsonl"), rowsFile(rows));
  const first = await measureDepth(measurement, shallow);
  const isSlow = first.depth.stepSeconds.length === 0;
  const second = isSlow ? null : await measureDepth(measurement, deep);
  return { shallow: first.depth, deep: second?.depth ?? null, longestRow: first.longestRow };
}

const baseIn = (scratch: string): string => path.join(scratch, "base");

async function writeBase({ trainer, context, scratch }: DepthMeasurement): Promise<void> {
  await context.emit({ kind: "stage", stage: "random-base" });
  await trainer.run<RandomBaseEvent>(
    ["random-base", "--layers", String(deep), "--out", baseIn(scratch), "--watch-stdin"],
    {
      signal: context.signal,
      schema: RandomBaseEventSchema,
      onLog: (text) => context.log(text),
      onEvent: (event) => {
        if (event.kind === "shard") void tell(context, event.shard, event.shards, "files");
      },
    },
  );
}

/** Progress that can't be written fails the run at its next awaited event. */
function tell({ emit }: Pick<RunContext, "emit">, done: number, total: number, unit: string): Promise<void> {
  return emit({ kind: "progress", done, total, unit, etaSeconds: null }).catch(() => {});
}

async function measureDepth(
  measurement: DepthMeasurement,
  layers: number,
): Promise<{ depth: MeasuredDepth; longestRow: number }> {
  const { trainer, context, environment } = measurement;
  const detail = `${layers} of ${deep} depths`;
  await context.emit({ kind: "stage", stage: "load-base", detail });
  const spec = await writeSpec(measurement, layers);
  let times: Extract<StepTimesEvent, { kind: "times" }> | null = null;
  await trainer.run<StepTimesEvent>(
    ["time-steps", "--spec", spec, "--seconds", String(limitSeconds), "--watch-stdin"],
    {
      signal: context.signal,
      environment,
      schema: StepTimesEventSchema,
      onLog: (text) => context.log(text),
      onEvent: (event) => {
        if (event.kind === "times") times = event;
        else if (event.kind === "timed") void tell(context, event.step, event.steps, "steps");
        else if (event.kind === "stage" && event.stage === "time-steps")
          context.emit({ kind: "stage", stage: event.stage, detail }).catch(() => {});
      },
    },
  );
  if (times === null) throw new Error("the trainer ended without reporting its steps");
  const { stepSeconds, longestRow } = times as Extract<StepTimesEvent, { kind: "times" }>;
  return { depth: { layers, stepSeconds, limitSeconds }, longestRow };
}

/** Shows the trainer only the base's first layers, and returns the file of its spec. */
async function writeSpec(
  { files, scratch, settings, promptTemplate }: DepthMeasurement,
  layers: number,
): Promise<string> {
  const dir = baseIn(scratch);
  const configFile = path.join(dir, "config.json");
  const config: object = JSON.parse(await files.readText(configFile));
  await files.writeAtomic(configFile, JSON.stringify({ ...config, num_hidden_layers: layers }));
  const spec = path.join(scratch, "spec.json");
  const document = {
    ...settings,
    // Random weights need no hash, which would take a while.
    base: { kind: "folder", dir, name: "random weights", hash: "random" },
    preset: "rehearsal",
    promptTemplate,
    rowsPath: path.join(scratch, "rows.jsonl"),
    outDir: path.join(scratch, "out"),
    seed: 1,
  };
  await files.writeAtomic(spec, JSON.stringify(document));
  return spec;
}
