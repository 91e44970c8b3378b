import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { EnvironmentCheckSchema } from "../../../shared/schema/environment.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { PlatformPaths } from "../platform.ts";
import type { Finding, Probe } from "./doctor.ts";
import { currentEnvironment } from "./folders.mjs";
import { requirementsFile } from "./pythonOf.ts";

/** The findings of slow probes for the environment with this hash. */
const MemorySchema = z.strictObject({
  environment: z.string(),
  at: z.iso.datetime(),
  findings: z.record(z.string(), EnvironmentCheckSchema.omit({ id: true })),
});
type Memory = z.infer<typeof MemorySchema>;

export interface Remembering {
  readonly files: Pick<FileLayer, "readText" | "writeAtomic">;
  /** The cache file. */
  readonly file: string;
  /** A hash that changes with everything that could change an answer. */
  readonly environment: string;
  /** Ignores the cache. */
  readonly fresh: boolean;
  readonly now: () => Date;
}

/** Returns the sha256 of the Python environment, the installed packages, this Node and the configured device. */
export function environmentHash(
  paths: Pick<PlatformPaths, "userData" | "resources">,
  device: string | undefined,
): string {
  const root = path.dirname(paths.resources);
  const lockfile = path.join(root, "node_modules", ".package-lock.json");
  const parts = [
    JSON.stringify(currentEnvironment(paths.userData, requirementsFile(paths))),
    existsSync(lockfile) ? readFileSync(lockfile, "utf8") : "",
    `${process.versions.node} ${process.platform} ${process.arch}`,
    device ?? "",
  ];
  return createHash("sha256").update(parts.join("\0")).digest("hex");
}

/** Returns the probes with those in `slow` cached. Only successful findings are cached. */
export async function rememberingProbes(
  probes: readonly Probe[],
  slow: ReadonlySet<string>,
  options: Remembering,
): Promise<Probe[]> {
  const { files, file, environment, now } = options;
  const known = options.fresh ? null : await readMemory(options);
  const findings: Record<string, Finding> = { ...known?.findings };
  const keep = async (id: string, finding: Finding): Promise<void> => {
    findings[id] = finding;
    const memory: Memory = { environment, at: known?.at ?? now().toISOString(), findings };
    // An unwritable folder only costs the next run a few seconds.
    await files.writeAtomic(file, `${JSON.stringify(memory)}\n`).catch(() => undefined);
  };
  return probes.map((probe): Probe => {
    if (!slow.has(probe.id)) return probe;
    const finding = findings[probe.id];
    if (known !== null && finding !== undefined) {
      const detail = `${finding.detail} (checked on ${known.at.slice(0, 10)}; use --fresh to check again)`;
      return { ...probe, check: async () => ({ ...finding, detail }) };
    }
    const check = async (signal: AbortSignal): Promise<Finding> => {
      const found = await probe.check(signal);
      if (found.status === "ok") await keep(probe.id, found);
      return found;
    };
    return { ...probe, check };
  });
}

async function readMemory({ files, file, environment }: Remembering): Promise<Memory | null> {
  try {
    const memory = MemorySchema.parse(JSON.parse(await files.readText(file)));
    return memory.environment === environment ? memory : null;
  } catch {
    return null;
  }
}
