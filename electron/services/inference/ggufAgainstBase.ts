import path from "node:path";
import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { canDequantize, dequantize } from "../../../shared/domain/gguf/dequantize.ts";
import type { GgufHeader, GgufTensor } from "../../../shared/domain/gguf/header.ts";
import { splitProblems } from "../../../shared/domain/gguf/modelCheck.ts";
import { ggufTensorName, permutedHeads, sourceRow } from "../../../shared/domain/gguf/tensorNames.ts";
import { isAbsent } from "../files/primitives.ts";
import { openRegular, readRegular } from "../files/regularFile.ts";
import { readGgufHeader } from "./ggufFile.ts";
import { readExactly, readRow, readSafetensorsHeader, type SafetensorsEntry } from "./safetensorsFile.ts";

const ConfigSchema = z.object({
  num_attention_heads: z.number().int().positive(),
  num_key_value_heads: z.number().int().positive().nullish(),
  tie_word_embeddings: z.boolean().default(false),
});
const IndexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });
const TokenizerSchema = z.object({
  model: z.object({ vocab: z.record(z.string(), z.number().int()) }),
  added_tokens: z.array(z.object({ id: z.number().int(), content: z.string() })).default([]),
});

/** The result of comparing a GGUF file with a Hugging Face folder. */
export interface BaseComparison {
  readonly tensors: number;
  /** The number of compared rows, and of tensors with types that we can't decode. */
  readonly sampledRows: number;
  readonly undecoded: number;
  /** The lowest cosine similarity of a sampled row with the base's, or null if none was sampled. */
  readonly leastSimilarity: number | null;
  readonly problems: readonly string[];
}

/** Rounding to four bits keeps a row's cosine above 0.99; that of another row or model is near 0. */
const leastSimilarity = 0.97;
const rowsPerTensor = 3;

/** Reads a JSON file of the base, or returns null if it is absent. Throws `Failure` `bad-value` when it is invalid. */
async function readJson<Value>(file: string, schema: z.ZodType<Value>): Promise<Value | null> {
  let text: string;
  try {
    text = (await readRegular(file)).toString("utf8");
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Failure("bad-value", `${file} is not a valid ${path.basename(file)} of a base model`, {
      file,
      cause: error,
    });
  }
}

/** Returns the tensors of the shards that the index lists, or of the single file without an index. */
async function baseTensors(folder: string): Promise<Map<string, SafetensorsEntry>> {
  const index = await readJson(path.join(folder, "model.safetensors.index.json"), IndexSchema);
  if (index === null) return readSafetensorsHeader(path.join(folder, "model.safetensors"));
  const { weight_map } = index;
  const tensors = new Map<string, SafetensorsEntry>();
  for (const shard of new Set(Object.values(weight_map))) {
    if (path.basename(shard) !== shard)
      throw new Failure("bad-value", `the index lists ${shard}, which is outside its folder`);
    for (const [name, entry] of await readSafetensorsHeader(path.join(folder, shard))) {
      if (weight_map[name] === shard) tensors.set(name, entry);
    }
  }
  return tensors;
}

async function tokenizerProblems(folder: string, header: GgufHeader): Promise<string[]> {
  const tokens = header.metadata.get("tokenizer.ggml.tokens");
  if (!Array.isArray(tokens)) return ["it has no tokenizer"];
  const tokenizer = await readJson(path.join(folder, "tokenizer.json"), TokenizerSchema);
  // With only a tokenizer.model, the embedding's shape and weights must suffice.
  if (tokenizer === null) return [];
  const { model, added_tokens } = tokenizer;
  const known = new Map(Object.entries(model.vocab).map(([token, id]) => [id, token]));
  for (const { id, content } of added_tokens) known.set(id, content);
  const different = [...known].filter(([id, token]) => tokens[id] !== token);
  const [first] = different;
  if (first === undefined) return [];
  const [id, token] = first;
  return [
    `${different.length} tokens differ from the base model's, first ${id}: ${JSON.stringify(tokens[id])}, not ${JSON.stringify(token)}`,
  ];
}

function shapeProblem(name: string, entry: SafetensorsEntry, tensor: GgufTensor | undefined): string | null {
  if (tensor === undefined) return `${name} is missing`;
  const shape = [...entry.shape].reverse();
  if (shape.join() === tensor.shape.join()) return null;
  return `${name} is ${tensor.shape.join(" × ")}, but ${shape.join(" × ")} in the base model`;
}

function similarity(a: Float64Array, b: Float64Array): number {
  let [dot, squaresOfA, squaresOfB] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    dot += value * other;
    squaresOfA += value * value;
    squaresOfB += other * other;
  }
  if (squaresOfA === 0 && squaresOfB === 0) return 1;
  return dot / Math.sqrt(squaresOfA * squaresOfB || 1);
}

async function rowOf(gguf: string, tensor: GgufTensor, row: number): Promise<Float64Array> {
  const bytesEach = tensor.length / (tensor.shape.slice(1).reduce((product, size) => product * size, 1) || 1);
  await using file = await openRegular(gguf);
  return dequantize(
    tensor.type.name,
    await readExactly(file, gguf, tensor.start + row * bytesEach, bytesEach),
  );
}

/** Returns rows spread over a tensor. The first row alone wouldn't reveal a permutation. */
function sampledRows(rows: number): number[] {
  return [
    ...new Set(
      Array.from({ length: rowsPerTensor }, (_, index) => Math.floor(((index + 0.5) * rows) / rowsPerTensor)),
    ),
  ];
}

/** Returns the lowest similarity of a tensor's sampled rows with the base's. */
async function tensorSimilarity(
  gguf: string,
  tensor: GgufTensor,
  entry: SafetensorsEntry,
  heads: number | null,
): Promise<{ least: number; rows: number }> {
  const rows = tensor.shape[1] ?? 1;
  let least = 1;
  const sampled = sampledRows(rows);
  for (const row of sampled) {
    const own = await rowOf(gguf, tensor, row);
    least = Math.min(least, similarity(own, await readRow(entry, sourceRow(row, rows, heads))));
  }
  return { least, rows: sampled.length };
}

/**
 * Compares a downloaded GGUF (including K-quants) with the Hugging Face folder that adapters are trained on: every
 * shape, every token, and some rows of every tensor. Takes about a second for a 7B model.
 * @throws Failure `missing` or `bad-value` when one of the two is unreadable
 */
export async function compareWithBase(gguf: string, baseFolder: string): Promise<BaseComparison> {
  const header = await readGgufHeader(gguf);
  const [split] = splitProblems(header);
  if (split !== undefined) throw new Failure("bad-value", `${gguf} can't be used: ${split}`, { file: gguf });
  const config = await readJson(path.join(baseFolder, "config.json"), ConfigSchema);
  if (config === null) {
    throw new Failure("missing", `${baseFolder} has no config.json`, { file: baseFolder });
  }
  const heads = config.num_attention_heads;
  const own = new Map(header.tensors.map((tensor) => [tensor.name, tensor]));
  const problems = await tokenizerProblems(baseFolder, header);
  const result = { tensors: 0, sampledRows: 0, undecoded: 0, leastSimilarity: null as number | null };
  for (const [name, entry] of await baseTensors(baseFolder)) {
    const ggufName = ggufTensorName(name);
    if (ggufName === null || (ggufName === "output.weight" && config.tie_word_embeddings)) continue;
    result.tensors += 1;
    const tensor = own.get(ggufName);
    const problem = shapeProblem(ggufName, entry, tensor);
    if (problem !== null || tensor === undefined) {
      problems.push(problem ?? `${ggufName} is missing`);
      continue;
    }
    if (!canDequantize(tensor.type.name)) {
      result.undecoded += 1;
      continue;
    }
    const architecture = header.metadata.get("general.architecture");
    const permuted = permutedHeads(ggufName, architecture, heads, config.num_key_value_heads ?? heads);
    const { least, rows } = await tensorSimilarity(gguf, tensor, entry, permuted);
    result.sampledRows += rows;
    result.leastSimilarity = Math.min(result.leastSimilarity ?? 1, least);
    // The negation also catches NaN.
    if (!(least >= leastSimilarity))
      problems.push(`${ggufName} has different weights (cosine ${formatNumber(least)})`);
  }
  return { ...result, problems };
}

/** Throws `Failure` `bad-value` with the differences when the GGUF doesn't match the base. */
export async function assertGgufOfBase(gguf: string, baseFolder: string): Promise<BaseComparison> {
  const comparison = await compareWithBase(gguf, baseFolder);
  const { problems, tensors, undecoded } = comparison;
  if (problems.length > 0) {
    const shown = problems.slice(0, 3).join("; ");
    throw new Failure("bad-value", `${gguf} doesn't match the base model in ${baseFolder}: ${shown}`, {
      file: gguf,
      hint: "Use a GGUF file converted from these weights, or delete it to convert them automatically.",
    });
  }
  if (tensors > 0 && undecoded === tensors) {
    throw new Failure("bad-value", `${gguf} has only tensor types whose weights can't be compared`, {
      file: gguf,
    });
  }
  return comparison;
}
