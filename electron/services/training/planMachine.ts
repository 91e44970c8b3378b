import { statfs } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { sentence } from "../../../shared/domain/format/sentence.ts";
import { architectureOf } from "../../../shared/domain/training/architecture.ts";
import { estimateDisk, estimateMemory } from "../../../shared/domain/training/estimate.ts";
import { judgeFit, tooLarge } from "../../../shared/domain/training/fit.ts";
import type { TrainingSettings } from "../../../shared/domain/training/overrides.ts";
import type { PlanFinding } from "../../../shared/schema/trainingPlan.ts";
import { checkFolder, refuseUnusable } from "../base/checkFolder.ts";
import { fileSizes } from "../compute/fileSizes.ts";
import { currentEnvironment } from "../environment/folders.mjs";
import { sha256OfFile } from "../hashing/hashing.ts";
import { readGgufHeader } from "../inference/ggufFile.ts";
import type { TrainingDependencies } from "./dependencies.ts";
import type { TrainingDevice } from "./fitCheck.ts";
import { error, note, warning } from "./planFinding.ts";

/** Describes a device and its free memory. */
export function describeDevice({ device, available }: TrainingDevice): string {
  const free = `${formatBytes(available)} free`;
  if (device === "cuda") return `NVIDIA GPU, ${free}`;
  return device === "mps" ? `Apple GPU, ${free}` : `CPU, ${free}`;
}

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

/** Estimates the memory and disk space, in bytes, that a training needs and what is free. */
export async function estimateResources(
  setting: TrainingDependencies,
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
