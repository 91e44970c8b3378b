import { statfs } from "node:fs/promises";
import path from "node:path";
import { readTable } from "../../../shared/domain/csv/table.ts";
import { failureDetail } from "../../../shared/domain/failure.ts";
import { architectureOf } from "../../../shared/domain/training/architecture.ts";
import { estimateDisk, estimateMemory } from "../../../shared/domain/training/estimate.ts";
import { judgeFit, tooLarge } from "../../../shared/domain/training/fit.ts";
import { overrideWords, type TrainingSettings } from "../../../shared/domain/training/overrides.ts";
import { secondsAtPace, stepsPerEpoch } from "../../../shared/domain/training/pace.ts";
import type { DatasetCheck } from "../../../shared/schema/compute.ts";
import type { PlanFinding, TrainingPlan } from "../../../shared/schema/trainingPlan.ts";
import type { TrainingRequest, TrainingRunSpec } from "../../../shared/schema/trainingRun.ts";
import { baseTokens } from "../dataset/baseTokens.ts";
import { computeHere, computeInWorker, WORKER_FROM_BYTES } from "../dataset/linting.ts";
import { longRows } from "../dataset/rowTokens.ts";
import { currentEnvironment } from "../environment/folders.mjs";
import { readPromptTemplate } from "../evaluation/evaluationInputs.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import { type TrainingDevice, trainingDevice } from "./fitCheck.ts";
import type { PaceBook } from "./paceBook.ts";
import type { SpeedBook } from "./speedProbe.ts";
import { presetNamed, probedSettings, type TrainingSetting, trainerSpec } from "./trainingService.ts";

/** A base's GGUF up to this size is hashed for a plan, in bytes: a larger one is when the training starts. */
const hashedUpTo = 1e9;

export interface PlanSetting extends TrainingSetting {
  readonly paces: PaceBook;
  readonly speeds: Pick<SpeedBook, "remembered">;
}

const error = (code: string, message: string, hint: string | null = null): PlanFinding => ({
  severity: "error",
  code,
  message,
  hint,
});
const warning = (code: string, message: string, hint: string | null = null): PlanFinding => ({
  ...error(code, message, hint),
  severity: "warning",
});
const note = (code: string, message: string, hint: string | null = null): PlanFinding => ({
  ...error(code, message, hint),
  severity: "note",
});

/** A training before it is started: what would run, what it takes, and what is wrong. Starts, fetches and writes nothing. */
export async function planTraining(setting: PlanSetting, request: TrainingRequest): Promise<TrainingPlan> {
  const { platform, workspace } = setting;
  const { name, settings: asked } = presetNamed(workspace, request);
  const base = await lookAtBase(setting);
  const { settings, findings: speedFindings } = await probed(setting, request, asked, base.hash);
  const device = await trainingDevice(
    settings.device === "auto" ? platform.setting("DEVICE") : settings.device,
  );
  const dataset = await lookAtDataset(setting, request.version, settings);
  const steps = stepsOf(dataset.check, settings);
  const room = base.folder === null ? null : await roomFor(setting, base.folder, settings, device);
  return {
    version: request.version,
    preset: name,
    spec: await specOf(setting, request, { settings, name, dataset: dataset.hash, base: base.hash }),
    command: commandOf(setting, request, name),
    rows: dataset.check?.rows ?? null,
    steps,
    time: await timeOf(setting, base.hash, dataset.check, settings),
    device: { device: device.device, words: deviceWords(device) },
    memory: room?.memory ?? null,
    disk: room?.disk ?? null,
    findings: [
      ...placeFindings(setting),
      ...dataset.findings,
      ...base.findings,
      ...speedFindings,
      ...(room?.findings ?? []),
      ...(await modelFindings(setting, request.version)),
    ],
  };
}

/** The settings as a probe has them. A base that is not hashed for a plan is when the training starts. */
async function probed(
  { speeds }: PlanSetting,
  request: TrainingRequest,
  asked: TrainingSettings,
  base: string | null,
): Promise<{ settings: TrainingSettings; findings: PlanFinding[] }> {
  if (base === null) return { settings: asked, findings: [] };
  try {
    const settings = await probedSettings(speeds, base, asked, request);
    const { threads, workers, optimisation } = settings;
    const same =
      threads === asked.threads &&
      workers === asked.workers &&
      optimisation.batchSize === asked.optimisation.batchSize;
    if (same) return { settings, findings: [] };
    const words = `It trains as the probe found to be fastest here: ${threads} threads, ${workers} loader processes, batch ${optimisation.batchSize} × ${optimisation.gradientAccumulation}.`;
    return { settings, findings: [note("probed", words)] };
  } catch (thrown) {
    const { message, hint } = failureDetail(thrown);
    return { settings: asked, findings: [error("not-probed", sentence(message), hint)] };
  }
}

function stepsOf(check: DatasetCheck | null, { optimisation }: TrainingSettings): TrainingPlan["steps"] {
  if (check === null || check.rows === null) return null;
  const { batchSize, gradientAccumulation, epochs } = optimisation;
  const perEpoch = stepsPerEpoch(check.rows.trained, batchSize, gradientAccumulation);
  return { perEpoch, most: perEpoch * epochs, epochs };
}

async function timeOf(
  { paces }: PlanSetting,
  base: string | null,
  check: DatasetCheck | null,
  { optimisation }: TrainingSettings,
): Promise<TrainingPlan["time"]> {
  if (check === null || check.rows === null) return { seconds: null, basis: "the rows are not known yet" };
  const known = base === null ? null : await paces.latest(base);
  if (known === null) {
    return { seconds: null, basis: "nothing was trained on this base here yet: its first steps will tell" };
  }
  return {
    seconds: secondsAtPace(known.pace, check.rows.trained * optimisation.epochs),
    basis: `as ${known.title} went, on ${known.pace.device}, without an early stop`,
  };
}

function deviceWords({ device, available }: TrainingDevice): string {
  const free = `${(available / 1e9).toFixed(1)} GB free`;
  if (device === "cuda") return `NVIDIA GPU, ${free}`;
  return device === "mps" ? `Apple GPU, ${free}` : `CPU, ${free}`;
}

function placeFindings({ platform, workspace }: PlanSetting): PlanFinding[] {
  const findings: PlanFinding[] = [];
  if (workspace.sample) {
    findings.push(
      error(
        "sample",
        "This is the sample that came with the program; it is read, never written.",
        "Make a workspace of your own from it, then train there.",
      ),
    );
  }
  const requirements = path.join(platform.paths.resources, "requirements.txt");
  if (currentEnvironment(platform.paths.userData, requirements) === null) {
    findings.push(
      error(
        "no-python",
        "The Python environment for training is not there.",
        "Build it in Settings, or with `npm run setup` (some minutes, once).",
      ),
    );
  }
  return findings;
}

async function lookAtBase({ bases, workspace, files }: PlanSetting) {
  const { base } = workspace.config;
  const { folder, gguf } = await bases.look(workspace);
  const hash = gguf === null || (await files.size(gguf)) > hashedUpTo ? null : await sha256OfFile(gguf);
  const findings: PlanFinding[] = [];
  if (folder === null) {
    findings.push(
      warning(
        "base-fetched",
        `The base ${base} is not on this disk: it is fetched before the training starts.`,
      ),
    );
  } else if (gguf === null) {
    findings.push(note("base-converted", `The base ${base} is converted to GGUF first, once.`));
  }
  return { folder, hash, findings };
}

async function lookAtDataset(setting: PlanSetting, version: string, settings: TrainingSettings) {
  const { files, workspace } = setting;
  const file = workspace.paths.dataset(version);
  if (!(await files.exists(file))) {
    const missing = error(
      "no-dataset",
      `There is no dataset ${version}.`,
      "Choose another, or bring one in under Datasets.",
    );
    return { check: null, hash: null, findings: [missing] };
  }
  try {
    const check = await checked(setting, file);
    return {
      check,
      hash: await sha256OfFile(file),
      findings: [...datasetFindings(check, version), ...(await lengthFindings(setting, file, settings))],
    };
  } catch (thrown) {
    const { message, hint } = failureDetail(thrown);
    return { check: null, hash: null, findings: [error("dataset-unreadable", message, hint)] };
  }
}

async function checked({ files, workspace, platform }: PlanSetting, file: string): Promise<DatasetCheck> {
  const { testSet } = workspace.paths;
  const request = {
    kind: "check",
    dataset: file,
    testSet: (await files.exists(testSet)) ? testSet : null,
  } as const;
  const large = (await files.size(file)) >= WORKER_FROM_BYTES;
  const result = large
    ? await computeInWorker(platform.launchWorker("compute"), request)
    : await computeHere(files, request);
  if (result.kind !== "check")
    throw new Error(`asked to check a dataset, the worker answered ${result.kind}`);
  return result.check;
}

function datasetFindings(check: DatasetCheck, version: string): PlanFinding[] {
  const findings: PlanFinding[] = [];
  if (check.errors > 0) {
    const first = check.firstError === null ? "" : ` The first: ${check.firstError}`;
    findings.push(
      error(
        "dataset-errors",
        `dataset_${version} breaks ${check.errors} rules.${first}`,
        "Open it under Datasets and fix them there.",
      ),
    );
  }
  if (check.leaks > 0) {
    findings.push(
      error(
        "dataset-leaks",
        `${check.leaks} of its rows stand in the test set too: what is trained on cannot be tested on.`,
        "Datasets shows both rows; change or delete them.",
      ),
    );
  }
  if (check.rows !== null && check.rows.refusalsValidation === 0) {
    findings.push(
      warning(
        "no-refusals-validated",
        "No refusal is among the validation rows, so nothing measures refusals while it trains.",
        "Five refusals or more give at least one.",
      ),
    );
  }
  if (check.warnings > 0) {
    findings.push(note("dataset-warnings", `Lint warns of ${check.warnings} things in dataset_${version}.`));
  }
  return findings;
}

/** Rows that the settings' longest row does not take. The tokenizer is only asked about rows that may be too long. */
async function lengthFindings(
  setting: PlanSetting,
  file: string,
  settings: TrainingSettings,
): Promise<PlanFinding[]> {
  const { files } = setting;
  if ((await files.size(file)) >= WORKER_FROM_BYTES) return [];
  const { maxLength } = settings.optimisation;
  const tokens = await baseTokens({ ...setting, inference: async () => setting.inference, maxLength });
  if (tokens === null) return [];
  const long = await longRows(readTable(await files.read(file), file), tokens, false);
  const [first] = long;
  if (first === undefined) return [];
  return [
    error(
      "rows-too-long",
      `${long.length} rows are longer than ${tokens.trainingLimit} tokens, row ${first.row} the first.`,
      "Raise the longest row, or shorten them.",
    ),
  ];
}

async function roomFor(
  setting: PlanSetting,
  folder: string,
  settings: TrainingSettings,
  device: TrainingDevice,
) {
  const { files, workspace } = setting;
  const config: unknown = JSON.parse(await files.readText(path.join(folder, "config.json")));
  const model = architectureOf(config);
  const fit = judgeFit(model, settings, device.device, device.available);
  const { total, ...parts } = estimateMemory(model, settings, device.device);
  const needed = estimateDisk(model, settings).total;
  const { bavail, bsize } = await statfs(workspace.folder);
  const available = bavail * bsize;
  const findings: PlanFinding[] = [];
  const large = tooLarge(fit, device.device);
  if (large !== null) findings.push(error("memory", sentence(large.message), large.hint ?? null));
  if (needed > available) {
    findings.push(
      error(
        "disk",
        "It writes more than the disk has free.",
        "Old runs' checkpoints are the largest: Runs shows what each takes.",
      ),
    );
  }
  return {
    memory: {
      needed: total,
      available: device.available,
      parts: Object.entries(parts)
        .map(([name, bytes]) => ({ name, bytes }))
        .sort((one, other) => other.bytes - one.bytes),
    },
    disk: { needed, available },
    findings,
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

async function modelFindings({ files, workspace }: PlanSetting, version: string): Promise<PlanFinding[]> {
  if (!(await files.exists(workspace.paths.model(version)))) return [];
  return [
    note(
      "replaces",
      `There is an adapter ${version} already: this one takes its place once it has passed the parity gate.`,
      "The earlier run keeps its own adapter, and can be promoted again.",
    ),
  ];
}

/** As it would stand in `spec.json`; what is not known before the start is left out. */
async function specOf(
  { files, platform }: PlanSetting,
  request: TrainingRequest,
  known: {
    settings: TrainingSettings;
    name: TrainingPlan["preset"];
    dataset: string | null;
    base: string | null;
  },
): Promise<unknown> {
  const prompt = (await readPromptTemplate(files, platform.paths.resources)).hash;
  const { dataset, base, settings, name } = known;
  const spec: TrainingRunSpec = {
    version: request.version,
    inputs: { dataset: dataset ?? "", base: base ?? "", prompt },
    trainer: trainerSpec(request, name, settings, dataset ?? ""),
  };
  const inputs = Object.entries(spec.inputs).filter(([, hash]) => hash !== "");
  return { ...spec, inputs: Object.fromEntries(inputs) };
}

/** As a shell takes it: quoted where it holds more than plain characters. */
function word(text: string): string {
  return /^[\w./=,:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function commandOf({ workspace }: PlanSetting, request: TrainingRequest, preset: string): string {
  const words = ["namewright", "train", "--workspace", workspace.folder, "--version", request.version];
  words.push("--preset", preset, "--seed", String(request.seed));
  if (request.epochs !== null) words.push("--epochs", String(request.epochs));
  for (const override of overrideWords(request.overrides)) words.push("--set", override);
  if (request.fastestBatch) words.push("--fastest-batch");
  return words.map(word).join(" ");
}
