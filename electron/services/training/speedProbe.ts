import { cpus, totalmem } from "node:os";
import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { DecidedSettings, TrainingSettings } from "../../../shared/domain/training/overrides.ts";
import { speedKey } from "../../../shared/domain/training/speed.ts";
import type { PresetName, TrainRow } from "../../../shared/schema/training.ts";
import {
  type SpeedEvent,
  SpeedEventSchema,
  type TrainingSpeed,
  TrainingSpeedSchema,
} from "../../../shared/schema/trainingSpeed.ts";
import type { BaseModel } from "../base/baseModel.ts";
import { currentEnvironment } from "../environment/folders.mjs";
import { requirementsFile } from "../environment/pythonOf.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import type { Platform } from "../platform.ts";
import type { Trainer } from "../trainer/trainer.ts";
import { rowsFile } from "./trainingRows.ts";

/** Maximum time of a probe, including Python's imports, in seconds. */
const probeSeconds = 60;

export interface SpeedBookSetting {
  readonly platform: Pick<Platform, "paths" | "setting">;
  readonly files: FileLayer;
  readonly trainer: Trainer;
  readonly now?: () => Date;
}

/** A training whose speed is measured. */
export interface SpeedSubject {
  readonly version: string;
  readonly preset: PresetName;
  /** As asked for: a probe is remembered by them. */
  readonly settings: TrainingSettings;
  /** As they are measured. */
  readonly decided: DecidedSettings;
  readonly base: BaseModel;
  readonly rows: readonly TrainRow[];
  readonly promptTemplate: string;
}

/** Speeds measured on this machine, stored in the user's data folder. */
export interface SpeedBook {
  /** Returns null unless this base was probed here with these packages and settings. */
  remembered(baseHash: string, settings: TrainingSettings): Promise<TrainingSpeed | null>;
  /**
   * Measures for at most a minute and stores the result.
   * @throws Failure of the trainer; `defect` when it ends without a result.
   */
  probe(
    subject: SpeedSubject,
    signal: AbortSignal,
    environment?: Readonly<Record<string, string>>,
  ): Promise<TrainingSpeed>;
}

/** Describes the processors, the memory and the requested device. */
function machineOf(platform: SpeedBookSetting["platform"]): string {
  const cores = cpus();
  const device = platform.setting("DEVICE") ?? "auto";
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cores.length} × ${cores[0]?.model.trim() ?? "CPU"}, ${memory} GiB, ${process.platform} ${process.arch}, device ${device}`;
}

export function createSpeedBook(setting: SpeedBookSetting): SpeedBook {
  const { platform, files, now = () => new Date() } = setting;
  const folder = path.join(platform.paths.userData, "training-speed");
  const fileOf = (baseHash: string, settings: TrainingSettings): string => {
    const environment = currentEnvironment(platform.paths.userData, requirementsFile(platform.paths));
    const parts = [machineOf(platform), baseHash, environment?.stamp ?? null, speedKey(settings)];
    return path.join(folder, `${sha256(JSON.stringify(parts)).slice(0, 16)}.json`);
  };
  return {
    async remembered(baseHash, settings) {
      try {
        return TrainingSpeedSchema.parse(JSON.parse(await files.readText(fileOf(baseHash, settings))));
      } catch {
        // Missing, or from another version of the program: the next probe replaces it.
        return null;
      }
    },
    async probe(subject, signal, environment = {}) {
      const {
        kind: _kind,
        elapsedSeconds: _seconds,
        ...found
      } = await measure(setting, folder, subject, { signal, environment });
      const { version, preset } = subject;
      const speed: TrainingSpeed = {
        at: now().toISOString(),
        version,
        preset,
        machine: machineOf(platform),
        ...found,
      };
      if (speed.sameBatch !== null) {
        await files.makeFolder(folder);
        const file = fileOf(subject.base.hash, subject.settings);
        await files.writeAtomic(file, `${JSON.stringify(speed, null, 2)}\n`);
      }
      return speed;
    },
  };
}

type Speeds = Extract<SpeedEvent, { kind: "speeds" }>;

/** Runs the trainer's probe on the subject's rows in a temporary folder, which is removed afterwards. */
async function measure(
  { files, trainer }: SpeedBookSetting,
  folder: string,
  subject: SpeedSubject,
  { signal, environment }: { signal: AbortSignal; environment: Readonly<Record<string, string>> },
): Promise<Speeds> {
  const scratch = path.join(folder, `probe-${process.pid}`);
  const [rowsPath, spec] = [path.join(scratch, "rows.jsonl"), path.join(scratch, "spec.json")];
  await files.makeFolder(scratch);
  try {
    await files.writeAtomic(rowsPath, rowsFile([...subject.rows]));
    const { decided, base, preset, promptTemplate } = subject;
    const document = {
      ...decided,
      base: { kind: "folder", dir: base.folder, name: base.name, hash: base.hash },
      preset,
      promptTemplate,
      rowsPath,
      outDir: path.join(scratch, "out"),
      seed: 1,
    };
    await files.writeAtomic(spec, JSON.stringify(document));
    let speeds: Speeds | null = null;
    await trainer.run<SpeedEvent>(
      ["probe-speed", "--spec", spec, "--seconds", String(probeSeconds), "--watch-stdin"],
      {
        signal,
        environment,
        schema: SpeedEventSchema,
        onEvent: (event) => {
          if (event.kind === "speeds") speeds = event;
        },
      },
    );
    if (speeds === null) throw new Failure("defect", "the trainer ended without reporting its measurements");
    return speeds;
  } finally {
    await files.remove(scratch);
  }
}
