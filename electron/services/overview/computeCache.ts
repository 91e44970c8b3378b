import path from "node:path";
import { z } from "zod";
import { ComputeReplySchema, type ComputeResult } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";

const CacheFileSchema = z.strictObject({
  /** The build that computed the answers. */
  build: z.string(),
  answers: z.record(z.string(), ComputeReplySchema),
});

/** One use of the cache. The file then contains only the answers that the session asked for. */
export interface CacheSession {
  /** Returns the answer for a key that names all its inputs. Computes it once at a time and forgets failures. */
  answer(key: string, ask: () => Promise<ComputeResult>): Promise<ComputeResult>;
  /** Saves the answers this session asked for and drops all others, so that the file doesn't grow. */
  commit(): Promise<void>;
}

/** Caches answers by key, and in a file across starts of the program. */
export interface ComputeCache {
  session(): CacheSession;
}

export interface ComputeCacheOptions {
  readonly files: Pick<FileLayer, "readText" | "writeAtomic">;
  /** Path of the workspace, from which the file's name is derived. */
  readonly workspace: string;
  /** The program's own folder for this user. */
  readonly userData: string;
  /** Identifies the build. Undefined: nothing is saved to a file. */
  readonly build: string | undefined;
}

/** Creates a cache that reads its file on first use. An unreadable or unwritable file only costs time. */
export function createComputeCache(options: ComputeCacheOptions): ComputeCache {
  const { files, workspace, userData, build } = options;
  const file = path.join(userData, "overviews", `${sha256(path.resolve(workspace)).slice(0, 16)}.json`);
  const known = new Map<string, Promise<ComputeResult>>();
  let stored: Promise<ReadonlyMap<string, ComputeResult>> | undefined;
  /** The keys that are in the file. */
  let written = "";

  async function read(): Promise<ReadonlyMap<string, ComputeResult>> {
    const answers = new Map<string, ComputeResult>();
    if (build === undefined) return answers;
    try {
      const cached = CacheFileSchema.parse(JSON.parse(await files.readText(file)));
      if (cached.build !== build) return answers;
      for (const [key, answer] of Object.entries(cached.answers)) {
        if (answer.kind !== "ready" && answer.kind !== "failed") answers.set(key, answer);
      }
      written = [...answers.keys()].sort().join("\n");
    } catch {
      // Missing or damaged: the answers are computed and written again.
    }
    return answers;
  }

  function answer(key: string, ask: () => Promise<ComputeResult>): Promise<ComputeResult> {
    let asked = known.get(key);
    if (asked === undefined) {
      stored ??= read();
      asked = stored.then((answers) => answers.get(key) ?? ask());
      known.set(key, asked);
      asked.catch(() => known.delete(key));
    }
    return asked;
  }

  async function commit(used: ReadonlySet<string>): Promise<void> {
    const keys = [...used].sort();
    if (build === undefined || keys.join("\n") === written) return;
    const answers: Record<string, ComputeResult> = {};
    for (const key of keys) {
      const found = await known.get(key)?.catch(() => undefined);
      if (found !== undefined) answers[key] = found;
    }
    try {
      await files.writeAtomic(file, `${JSON.stringify({ build, answers })}\n`);
      written = keys.join("\n");
    } catch {
      // An unwritable folder only costs the next start about a second.
    }
  }

  return {
    session() {
      const used = new Set<string>();
      return {
        answer(key, ask) {
          used.add(key);
          return answer(key, ask);
        },
        commit: () => commit(used),
      };
    },
  };
}
