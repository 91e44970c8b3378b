import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** Returns the folder where Hugging Face's own tools store models. */
export function hubCacheFolder(): string {
  const { HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME } = process.env;
  if (HF_HUB_CACHE) return HF_HUB_CACHE;
  const home = HF_HOME || path.join(XDG_CACHE_HOME || path.join(homedir(), ".cache"), "huggingface");
  return path.join(home, "hub");
}

/**
 * Returns the snapshot of a model's main branch in Hugging Face's own cache, or null. Another program may have filled
 * that cache, which saves a second download. Doesn't check that the snapshot is complete.
 */
export function cachedSnapshot(id: string): { folder: string; revision: string } | null {
  const model = path.join(hubCacheFolder(), `models--${id.replace("/", "--")}`);
  try {
    const revision = readFileSync(path.join(model, "refs", "main"), "utf8").trim();
    const folder = path.join(model, "snapshots", revision);
    return /^[0-9a-f]{40}$/.test(revision) && existsSync(path.join(folder, "config.json"))
      ? { folder, revision }
      : null;
  } catch {
    return null;
  }
}
