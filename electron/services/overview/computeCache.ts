import path from "node:path";
import { z } from "zod";
import { ComputeReplySchema, type ComputeResult } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";

const MemorySchema = z.strictObject({
  /** The code that computed the answers. */
  build: z.string(),
  answers: z.record(z.string(), ComputeReplySchema),
});

/** One look at a workspace: what it asks, and the keeping of just that. */
export interface Look {
  /** The answer to a question whose key names all that it hangs on. Asked once at a time; failures are forgotten. */
  answer(key: string, ask: () => Promise<ComputeResult>): Promise<ComputeResult>;
  /** Keeps what this look asked for, and nothing else, so that the file does not grow. */
  keep(): Promise<void>;
}

/** Answers by their question, and across starts of the program where they are kept in a file. */
export interface AnswerMemory {
  look(): Look;
}

export interface AnswerMemoryOptions {
  readonly files: Pick<FileLayer, "readText" | "writeAtomic">;
  /** The workspace, by whose path the file is named. */
  readonly workspace: string;
  /** The program's own folder for this user. */
  readonly userData: string;
  /** Tells this code from any other. Undefined: nothing outlives the process. */
  readonly build: string | undefined;
}

/** A memory that reads its file when it is first asked. A file that cannot be read or written only costs time. */
export function createAnswerMemory(options: AnswerMemoryOptions): AnswerMemory {
  const { files, workspace, userData, build } = options;
  const file = path.join(userData, "overviews", `${sha256(path.resolve(workspace)).slice(0, 16)}.json`);
  const known = new Map<string, Promise<ComputeResult>>();
  let before: Promise<ReadonlyMap<string, ComputeResult>> | undefined;
  let kept = "";

  async function read(): Promise<ReadonlyMap<string, ComputeResult>> {
    const answers = new Map<string, ComputeResult>();
    if (build === undefined) return answers;
    try {
      const memory = MemorySchema.parse(JSON.parse(await files.readText(file)));
      if (memory.build !== build) return answers;
      for (const [key, answer] of Object.entries(memory.answers)) {
        if (answer.kind !== "ready" && answer.kind !== "failed") answers.set(key, answer);
      }
      kept = [...answers.keys()].sort().join("\n");
    } catch {
      // None yet, or a broken one: it is computed and written anew.
    }
    return answers;
  }

  function answer(key: string, ask: () => Promise<ComputeResult>): Promise<ComputeResult> {
    let asked = known.get(key);
    if (asked === undefined) {
      before ??= read();
      asked = before.then((answers) => answers.get(key) ?? ask());
      known.set(key, asked);
      asked.catch(() => known.delete(key));
    }
    return asked;
  }

  async function keep(used: ReadonlySet<string>): Promise<void> {
    const keys = [...used].sort();
    if (build === undefined || keys.join("\n") === kept) return;
    const answers: Record<string, ComputeResult> = {};
    for (const key of keys) {
      const found = await known.get(key)?.catch(() => undefined);
      if (found !== undefined) answers[key] = found;
    }
    try {
      await files.writeAtomic(file, `${JSON.stringify({ build, answers })}\n`);
      kept = keys.join("\n");
    } catch {
      // A folder that cannot be written costs the next start a second, no more.
    }
  }

  return {
    look() {
      const used = new Set<string>();
      return {
        answer(key, ask) {
          used.add(key);
          return answer(key, ask);
        },
        keep: () => keep(used),
      };
    },
  };
}
