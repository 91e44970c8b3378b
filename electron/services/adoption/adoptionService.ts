import path from "node:path";
import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import { unsupportedPrecision } from "../../../shared/domain/training/fit.ts";
import {
  type AdoptionRequest,
  type AdoptionResult,
  type AdoptionSpec,
  AdoptionSpecSchema,
  type PeftAdoptionSpec,
} from "../../../shared/schema/adoption.ts";
import type { Run } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256, sha256OfFile } from "../hashing/hashing.ts";
import { gateTexts } from "../model/gateTexts.ts";
import { trainingPrompt } from "../prompts/trainingPrompt.ts";
import type { RunKindDefinition } from "../run/runKind.ts";
import type { RunService } from "../run/runService.ts";
import type { TrainingDependencies } from "../training/dependencies.ts";
import { presetNamed } from "../training/presetResolution.ts";
import { deviceNow } from "../training/trainingAccelerator.ts";
import { trainingGate } from "../training/trainingGate.ts";
import { assertWritable, type Workspace } from "../workspace/workspace.ts";
import { adoptionKind } from "./adoptionKind.ts";
import { ggufFormOf } from "./ggufAdoption.ts";

export interface AdoptionService {
  start(request: AdoptionRequest): Promise<Run>;
}

/** Creates the adoption kind with a workspace's files, the real trainer and the real engine. */
export function createAdoptionKind(
  setting: TrainingDependencies,
): RunKindDefinition<AdoptionSpec, AdoptionResult> {
  const { files, workspace, trainer, inference, withAccelerator, bases, models } = setting;
  return adoptionKind({
    files,
    trainer,
    inference,
    bases,
    withAccelerator,
    openBase: (context) =>
      bases.open(workspace, {
        signal: context.signal,
        onProgress: (detail) => void context.emit({ kind: "stage", stage: "base", detail }),
      }),
    prompt: (name) => trainingPrompt(setting, name),
    texts: (version, count) => gateTexts(files, workspace, version, count),
    device: (settings) => deviceNow(setting, settings),
    gate: trainingGate(setting),
    promote: (version, runFolder) => models.promote(version, runFolder),
  });
}

/** Creates the service that makes a version of an adapter that was trained elsewhere. */
export function createAdoptionService(
  setting: TrainingDependencies,
  runs: Pick<RunService, "start">,
): AdoptionService {
  const { files, workspace } = setting;
  return {
    async start({ source, ...request }) {
      assertWritable(workspace);
      await refuseTaken(files, workspace, request.version);
      const from = path.resolve(source);
      const spec = /\.gguf$/i.test(from)
        ? await ggufSpec(setting, from, request)
        : await peftSpec(setting, from, request);
      return (await runs.start("adoption", AdoptionSpecSchema.parse(spec))).run;
    },
  };
}

/** Returns the hashes of what every adoption depends on, and the base. */
async function sharedInputs(setting: TrainingDependencies, name: string) {
  const { signal } = new AbortController();
  const base = await setting.bases.open(setting.workspace, { signal, onProgress: () => {} });
  const prompt = (await trainingPrompt(setting, name)).hash;
  return { base, inputs: { base: base.hash, prompt } };
}

/** What an adoption of either kind is asked for, besides its source. */
type AdoptionTarget = Omit<AdoptionRequest, "source">;

async function ggufSpec(
  setting: TrainingDependencies,
  file: string,
  { version, prompt }: AdoptionTarget,
): Promise<AdoptionSpec> {
  const { base, inputs } = await sharedInputs(setting, prompt);
  // Here too, so that the request fails and not the run.
  await ggufFormOf(file, base);
  return { version, file, prompt, inputs: { ...inputs, file: await sha256OfFile(file) } };
}

async function peftSpec(
  setting: TrainingDependencies,
  folder: string,
  { version, prompt }: AdoptionTarget,
): Promise<AdoptionSpec> {
  const { files, workspace } = setting;
  const { config, weights, dora } = await readSource(files, folder);
  if (dora && workspace.config.baseGguf !== null) {
    throw new Failure(
      "bad-value",
      "an adapter trained with DoRA runs merged into the base's weights, which requires a base GGUF that Namewright converted, but `baseGguf` names another file",
      { hint: "Set `baseGguf` to null in namewright.json." },
    );
  }
  const settings = settingsOf(workspace);
  const unsupported = unsupportedPrecision(settings.precision, (await deviceNow(setting, settings)).device);
  if (unsupported !== null) throw unsupported;
  const { inputs } = await sharedInputs(setting, prompt);
  return { version, folder, prompt, inputs: { ...inputs, config, weights }, settings };
}

/** Returns what of the workspace's preset an adoption uses. */
function settingsOf(workspace: Workspace): PeftAdoptionSpec["settings"] {
  const { settings } = presetNamed(workspace, { preset: null, epochs: null, overrides: {} });
  const { parity, precision, attention, adapterGguf, device, threads } = settings;
  return { parity, precision, attention, adapterGguf, device, threads };
}

/** @throws Failure when the version exists: it couldn't be made again, unlike one that was trained here */
async function refuseTaken(files: FileLayer, workspace: Workspace, version: string): Promise<void> {
  const model = workspace.paths.model(version);
  await files.refuseLink(model);
  if (!(await files.exists(model))) return;
  throw new Failure("bad-value", `${version} already exists`, {
    file: model,
    hint: "Choose a version that doesn't exist yet. Nothing was changed.",
  });
}

const PeftConfigSchema = z.looseObject({ use_dora: z.boolean().nullish() });

/** Hashes the two files of a PEFT folder that are read. The trainer checks what is in them. */
async function readSource(
  files: FileLayer,
  folder: string,
): Promise<{ config: string; weights: string; dora: boolean }> {
  const [configFile, weightsFile] = ["adapter_config.json", "adapter_model.safetensors"].map((name) =>
    path.join(folder, name),
  ) as [string, string];
  for (const file of [configFile, weightsFile]) {
    if (await files.exists(file)) continue;
    throw new Failure("missing", `no ${path.basename(file)} found in ${folder}`, {
      file,
      hint: "Save the adapter with PEFT's `save_pretrained()`, or name a .gguf file. Pickle files (.bin) are never read.",
    });
  }
  const bytes = await files.read(configFile);
  let dora = false;
  try {
    dora = PeftConfigSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).use_dora ?? false;
  } catch {
    // The trainer refuses it with what is wrong.
  }
  return { config: sha256(bytes), weights: await sha256OfFile(weightsFile), dora };
}
