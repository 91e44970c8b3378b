import { z } from "zod";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";

const LineSchema = z.strictObject({
  key: z.string().length(64),
  /** The judge's raw reply, which is parsed again at each use. */
  reply: z.string(),
  /** First 16 hex digits of sha256 over key and reply. */
  sum: z.string(),
});

/** Usable replies, keyed by the hash of judge, rubric and content, in `.namewright/judge-cache.jsonl`. */
export interface JudgeCache {
  get(key: string): Promise<string | undefined>;
  put(key: string, reply: string): Promise<void>;
}

const sumOf = (key: string, reply: string) => sha256(`${key}\n${reply}`).slice(0, 16);

function parseLine(line: string): z.infer<typeof LineSchema> | null {
  try {
    const parsed = LineSchema.safeParse(JSON.parse(line));
    return parsed.success && parsed.data.sum === sumOf(parsed.data.key, parsed.data.reply)
      ? parsed.data
      : null;
  } catch {
    return null;
  }
}

/**
 * Opens the cache, whose file is read on first use. Damaged lines are skipped with a warning. The file layer terminates
 * a partial last line before it appends.
 */
export function openJudgeCache(files: FileLayer, file: string, warn: (message: string) => void): JudgeCache {
  async function load(): Promise<Map<string, string>> {
    const replies = new Map<string, string>();
    if (!(await files.exists(file))) return replies;
    // Lenient decoding, so that a partial character invalidates one line instead of the file.
    const text = new TextDecoder().decode(await files.read(file));
    let corrupt = 0;
    for (const line of text.split("\n")) {
      if (line.trim() === "") continue;
      const parsed = parseLine(line);
      if (parsed === null) corrupt += 1;
      else replies.set(parsed.key, parsed.reply);
    }
    if (corrupt > 0)
      warn(`${file}: ${pluralize(corrupt, "unreadable line")} skipped; those rows are judged again`);
    return replies;
  }

  let loaded: ReturnType<typeof load> | undefined;
  const opened = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    get: async (key) => (await opened()).get(key),
    async put(key, reply) {
      const replies = await opened();
      // Not serialized: each line is one append, and a waiting line would be lost in a crash.
      await files.appendLine(file, JSON.stringify({ key, reply, sum: sumOf(key, reply) }));
      replies.set(key, reply);
    },
  };
}
