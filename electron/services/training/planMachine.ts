import { statfs } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { sentence } from "../../../shared/domain/format/sentence.ts";
import { estimateDisk, estimateMemory } from "../../../shared/domain/training/estimate.ts";
import { unsupportedPrecision } from "../../../shared/domain/training/fit.ts";
import type { TrainingSettings } from "../../../shared/domain/training/overrides.ts";
import type { PlanFinding } from "../../../shared/schema/trainingPlan.ts";
import { checkFolder, refuseUnusable } from "../base/checkFolder.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import { currentEnvironment } from "../environment/folders.mjs";
import { emulatesBfloat16 } from "../environment/torchBuild.ts";
import { sha256OfFile } from "../hashing/hashing.ts";
import { readGgufHeader } from "../inference/ggufFile.ts";
import type { TrainingDependencies } from "./dependencies.ts";
import { hostShortage, type JudgedTraining, memoryShortage, unmergeable } from "./fitCheck.ts";
import { error, note, warning } from "./planFinding.ts";
import type { TrainingDevice } from "./trainingDevice.ts";

/** Returns what prevents any training in this workspace and on this machine. */
export function environmentFindings({ platform, workspace }: TrainingDependencies): PlanFinding[] {
  const findings: PlanFinding[] = [];
  if (workspace.sample) {
    findings.push(
      error(
        "sample",
        "This is the sample, which is read-only.",
        "Create a workspace from the sample, then train there.",
      ),
    );
  }
  const requirements = path.join(platform.paths.resources, "requirements.txt");
  if (currentEnvironment(platform.paths.userData, requirements) === null) {
    findings.push(
      error(
        "no-python",
        "The Python environment for training isn't installed.",
        "Build it in Settings or with `npm run setup`. This takes a few minutes, once.",
      ),
    );
  }
  return findings;
}

/** Inspects the base on this disk. `folder` is null when unusable; `hash` also when too large to hash for a plan. */
export async function inspectBase({ bases, workspace, files }: TrainingDependencies) {
  const { base } = workspace.config;
  const { folder, gguf } = await bases.inspect(workspace);
  if (folder === null) {
    const words = `The base ${base} isn't on this disk. It is downloaded before the training starts.`;
    return { folder, hash: null, findings: [warning("base-fetched", words)] };
  }
  try {
    refuseUnusable(await checkFolder(files, folder), "Download the base again, or select another one.");
    if (gguf === null) {
      const words = `The base ${base} is first converted to GGUF. This happens only once.`;
      return { folder, hash: null, findings: [note("base-converted", words)] };
    }
    await readGgufHeader(gguf);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    const finding = error("base-unusable", sentence(thrown.message), thrown.hint ?? null);
    return { folder: null, hash: null, findings: [finding] };
  }
  const hash = (await files.size(gguf)) > fileSizes.hashedUpTo ? null : await sha256OfFile(gguf);
  return { folder, hash, findings: [] };
}

/** What the plan knows when it estimates resources. */
export interface PlannedResources extends JudgedTraining {
  /** Whether the request overrides the memory check. */
  readonly anyway: boolean;
  /** Whether a run of ours or our inference process uses the device now and frees it before this training. */
  readonly isBusy: boolean;
}

/** Estimates the memory and disk space, in bytes, that a training needs and what is free. */
export async function estimateResources(setting: TrainingDependencies, planned: PlannedResources) {
  const { model, settings, device, rows } = planned;
  const { total, ...parts } = estimateMemory(model, settings, device.device, rows);
  const needed = estimateDisk(model, settings, setting.workspace.config.precision).total;
  const { bavail, bsize } = await statfs(setting.workspace.folder);
  const available = bavail * bsize;
  const findings = memoryFindings(planned);
  if (needed > available) {
    findings.push(
      error(
        "disk",
        "This training needs more disk space than is free.",
        "Checkpoints of old runs take the most space. Runs shows the size of each run.",
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

/** Returns findings about memory. Only a GPU that is too small, or full of what others hold, prevents the start. */
function memoryFindings(planned: PlannedResources): PlanFinding[] {
  const { device, anyway, isBusy } = planned;
  const findings: PlanFinding[] = [];
  const shortage = memoryShortage(planned);
  if (shortage !== null) {
    const idle = { ...device, available: device.total ?? device.available };
    const isTooSmall = memoryShortage({ ...planned, device: idle }) !== null;
    const severity = device.isHard && !anyway && (isTooSmall || !isBusy) ? error : warning;
    findings.push(severity("memory", sentence(shortage.message), shortage.hint ?? null));
  }
  const host = hostShortage(planned);
  if (host !== null) findings.push(warning("host-memory", sentence(host.message), host.hint ?? null));
  return findings;
}

/** Returns what prevents the trained version from running. */
export function mergeFindings(
  { workspace }: Pick<TrainingDependencies, "workspace">,
  settings: Pick<TrainingSettings, "lora">,
): PlanFinding[] {
  const failure = unmergeable(settings, workspace);
  return failure === null ? [] : [error("dora", sentence(failure.message), failure.hint ?? null)];
}

/** Returns what the device can't do, or does slowly. */
export function deviceFindings(
  { precision }: Pick<TrainingSettings, "precision">,
  device: TrainingDevice,
): PlanFinding[] {
  const findings: PlanFinding[] = [];
  const unsupported = unsupportedPrecision(precision, device.device);
  if (unsupported !== null)
    findings.push(error("precision", sentence(unsupported.message), unsupported.hint ?? null));
  if (device.unused !== null) {
    const { name, reason, hint } = device.unused;
    findings.push(warning("gpu-unused", `${name} isn't used because ${reason}.`, hint));
  }
  if (
    device.gpu !== null &&
    precision !== "float32" &&
    precision !== "float16" &&
    emulatesBfloat16(device.gpu)
  ) {
    findings.push(
      warning(
        "bfloat16-emulated",
        `${device.gpu.name} only emulates bfloat16, which is slow.`,
        "Use precision float16 on this GPU.",
      ),
    );
  }
  return findings;
}
