import { failureDetail } from "../../../shared/domain/failure.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { sentence } from "../../../shared/domain/format/sentence.ts";
import { overrideWords, type TrainingSettings } from "../../../shared/domain/training/overrides.ts";
import { secondsAtPace, stepsPerEpoch } from "../../../shared/domain/training/pace.ts";
import { seedRequests } from "../../../shared/domain/training/seedRequests.ts";
import type { DatasetCheck } from "../../../shared/schema/compute.ts";
import type { PlanFinding, TrainingPlan } from "../../../shared/schema/trainingPlan.ts";
import type { TrainingPlanRequest, TrainingRequest } from "../../../shared/schema/trainingRun.ts";
import { trainingPrompt } from "../prompts/trainingPrompt.ts";
import type { RunService } from "../run/runService.ts";
import { baseArchitecture } from "./fitCheck.ts";
import type { PaceBook } from "./paceBook.ts";
import { type DatasetPlanDependencies, inspectDataset } from "./planDataset.ts";
import { error, note, warning } from "./planFinding.ts";
import {
  deviceFindings,
  environmentFindings,
  estimateResources,
  inspectBase,
  mergeFindings,
} from "./planMachine.ts";
import { presetNamed, probedSettings, trainerSpec, withCheckpointingDecided } from "./presetResolution.ts";
import type { SpeedBook } from "./speedProbe.ts";
import { deviceNow } from "./trainingAccelerator.ts";
import { describeDevice } from "./trainingDevice.ts";

export interface TrainingPlanDependencies extends DatasetPlanDependencies {
  readonly runs: Pick<RunService, "list">;
  readonly paces: PaceBook;
  readonly speeds: Pick<SpeedBook, "remembered">;
}

/** Plans a training: what would run, what it needs and what is wrong. Starts, downloads and writes nothing. */
export async function planTraining(
  setting: TrainingPlanDependencies,
  { seeds = 1, ...group }: TrainingPlanRequest,
): Promise<TrainingPlan> {
  const trainings = seedRequests(group, seeds);
  const request = trainings[0] as TrainingRequest;
  const { name, settings: asked } = presetNamed(setting.workspace, request);
  const base = await inspectBase(setting);
  const { settings: left, findings: speedFindings } = await probed(setting, request, asked, base.hash);
  const ownProcesses = setting.inference.pids().length > 0;
  const device = await deviceNow(setting, left);
  const busy = await busyFindings(setting);
  const dataset = await inspectDataset(setting, request, left, busy.length > 0);
  const isUnusable = base.findings.some(({ severity }) => severity === "error");
  const model = isUnusable ? null : await baseArchitecture(setting);
  const rows = { longest: dataset.longestRow, validation: dataset.check?.rows?.validation };
  const settings = model === null ? left : withCheckpointingDecided(left, { model, device, rows });
  const planned = {
    settings,
    device,
    rows,
    anyway: request.anyway,
    isBusy: ownProcesses || busy.length > 0,
  };
  const steps = stepsOf(dataset.check, settings);
  const resources = model === null ? null : await estimateResources(setting, { ...planned, model });
  return {
    version: group.version,
    preset: name,
    spec: await specOf(setting, request, { settings, name, dataset: dataset.hash, base: base.hash }),
    command: commandOf(setting, { ...group, seeds }, name),
    rows: dataset.check?.rows ?? null,
    steps,
    time: forSeeds(await timeOf(setting, base.hash, dataset.check, settings), seeds),
    device: { device: device.device, words: describeDevice(device) },
    memory: resources?.memory ?? null,
    disk: resources?.disk ?? null,
    findings: [
      ...environmentFindings(setting),
      ...dataset.findings,
      ...base.findings,
      ...speedFindings,
      ...deviceFindings(settings, device),
      ...mergeFindings(setting, settings),
      ...(resources?.findings ?? []),
      ...(await promptFindings(setting, request.prompt)),
      ...(await modelFindings(
        setting,
        trainings.map(({ version }) => version),
      )),
      ...busy,
    ],
  };
}

/** Applies a remembered probe. A base without a hash in the plan is hashed when the training starts. */
async function probed(
  { speeds }: TrainingPlanDependencies,
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
    const measured = [
      ...(threads === null ? [] : [pluralize(threads, "thread")]),
      pluralize(workers, "loader process", "loader processes"),
      `batch ${optimisation.batchSize} × ${optimisation.gradientAccumulation}`,
    ];
    const words = `Uses the fastest settings that the probe found here: ${measured.join(", ")}.`;
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
  { paces }: TrainingPlanDependencies,
  base: string | null,
  check: DatasetCheck | null,
  { optimisation, precision }: TrainingSettings,
): Promise<TrainingPlan["time"]> {
  if (check === null || check.rows === null) return { seconds: null, basis: "the rows aren't known yet" };
  const known = base === null ? null : await paces.latest(base, precision);
  if (known === null) {
    return {
      seconds: null,
      basis:
        "no training on this base in this precision has finished here yet, so its first steps give the estimate",
    };
  }
  return {
    seconds: secondsAtPace(known.pace, check.rows.trained * optimisation.epochs),
    basis: `based on ${known.title} on ${known.pace.device}, without early stopping`,
  };
}

/** The seeds are trained one after the other. */
function forSeeds({ seconds, basis }: TrainingPlan["time"], seeds: number): TrainingPlan["time"] {
  if (seconds === null || seeds === 1) return { seconds, basis };
  return { seconds: seconds * seeds, basis: `${basis}, ${seeds} trainings in turn` };
}

/** Kinds of runs that hold the accelerator while they compute. */
const accelerated: readonly string[] = ["training", "rehearsal", "adoption", "evaluation"];

async function busyFindings({ runs }: TrainingPlanDependencies): Promise<PlanFinding[]> {
  const { runs: all } = await runs.list();
  const busy = all.find(({ kind, status }) => status === "running" && accelerated.includes(kind));
  if (busy === undefined) return [];
  return [note("busy", `${sentence(`${busy.title} is running`)} This training starts after it.`)];
}

/** Returns why the prompt can't be trained with. */
async function promptFindings(setting: TrainingPlanDependencies, prompt: string): Promise<PlanFinding[]> {
  try {
    await trainingPrompt(setting, prompt);
    return [];
  } catch (thrown) {
    const { message, hint } = failureDetail(thrown);
    return [error("prompt", sentence(message), hint)];
  }
}

async function modelFindings(
  { files, workspace }: TrainingPlanDependencies,
  versions: readonly string[],
): Promise<PlanFinding[]> {
  const existing: string[] = [];
  for (const version of versions) {
    if (await files.exists(workspace.paths.model(version))) existing.push(version);
  }
  if (existing.length === 0) return [];
  if (versions.length > 1) {
    return [
      note(
        "replaces",
        `Already trained: ${existing.join(", ")}. A seed with equal settings and inputs isn't trained again. Any other is replaced after passing the parity gate.`,
        "The earlier runs keep their adapters and can be promoted again.",
      ),
    ];
  }
  return [
    warning(
      "replaces",
      `An adapter ${existing[0]} already exists. The new one replaces it after passing the parity gate.`,
      "The earlier adapter stays in its run, or in models/replaced if its run is gone, and can be promoted again.",
    ),
  ];
}

/** Returns the spec as in `spec.json`, without the inputs that are unknown before the start. */
async function specOf(
  setting: TrainingPlanDependencies,
  request: TrainingRequest,
  known: {
    settings: TrainingSettings;
    name: TrainingPlan["preset"];
    dataset: string | null;
    base: string | null;
  },
): Promise<unknown> {
  // An unusable prompt is a finding.
  const prompt = await trainingPrompt(setting, request.prompt).then(
    ({ hash }) => hash,
    () => "",
  );
  const { dataset, base, settings, name } = known;
  const spec = {
    version: request.version,
    inputs: { dataset: dataset ?? "", base: base ?? "", prompt },
    prompt: request.prompt,
    ...(request.anyway ? { anyway: true } : {}),
    // Still `auto` while the sizes of the base aren't known: the start decides.
    trainer: trainerSpec(request, name, settings, dataset ?? ""),
  };
  const inputs = Object.entries(spec.inputs).filter(([, hash]) => hash !== "");
  return { ...spec, inputs: Object.fromEntries(inputs) };
}

/** Quotes a word for a shell if it contains more than plain characters. */
function word(text: string): string {
  return /^[\w./=,:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function commandOf(
  { workspace }: TrainingPlanDependencies,
  request: TrainingPlanRequest,
  preset: string,
): string {
  const words = ["namewright", "train", "--workspace", workspace.folder, "--version", request.version];
  words.push("--preset", preset, "--seed", String(request.seed));
  if ((request.seeds ?? 1) > 1) words.push("--seeds", String(request.seeds));
  if (request.prompt !== "suggest") words.push("--prompt", request.prompt);
  if (request.epochs !== null) words.push("--epochs", String(request.epochs));
  for (const override of overrideWords(request.overrides)) words.push("--set", override);
  if (request.fastestBatch) words.push("--fastest-batch");
  if (request.anyway) words.push("--anyway");
  return words.map(word).join(" ");
}
