import path from "node:path";
import { z } from "zod";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";

/** Instructions and the strict JSON schema of the reply, with the hash of both. */
export interface Prompt {
  readonly name: string;
  readonly instructions: string;
  readonly schema: Record<string, unknown>;
  /** sha256 of instructions and schema, in hexadecimal. */
  readonly hash: string;
}

const SchemaFileSchema = z.record(z.string(), z.unknown());

/** The files of each prompt in `resources/prompts`. */
const promptFiles = {
  names: ["names-rubric.txt", "names-reply.json"],
  label: ["label-rubric.txt", "label-reply.json"],
  trades: ["trades.txt", "trades-reply.json"],
  groups: ["groups.txt", "groups-reply.json"],
  answers: ["rows-answers.txt", "rows-reply.json"],
  neighbours: ["rows-neighbours.txt", "rows-reply.json"],
  refusals: ["rows-refusals.txt", "rows-reply.json"],
} as const;

export type PromptName = keyof typeof promptFiles;

/** Reads one prompt. Converts line endings to LF, so that a checkout doesn't change the hash. */
export async function readPrompt(files: FileLayer, folder: string, name: PromptName): Promise<Prompt> {
  const [instructionsFile, schemaFile] = promptFiles[name];
  const text = await files.readText(path.join(folder, instructionsFile));
  const instructions = text.replaceAll("\r\n", "\n").trim();
  const schema = SchemaFileSchema.parse(JSON.parse(await files.readText(path.join(folder, schemaFile))));
  return { name, instructions, schema, hash: sha256(JSON.stringify({ instructions, schema })) };
}
