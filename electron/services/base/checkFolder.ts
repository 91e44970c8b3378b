import path from "node:path";
import { z } from "zod";
import { Failure } from "../../../shared/domain/failure.ts";
import {
  type Architecture,
  architectureOf,
  parameterCounts,
} from "../../../shared/domain/training/architecture.ts";
import { configProblems } from "../../../shared/domain/training/configProblems.ts";
import type { BaseCheck, BaseGguf } from "../../../shared/schema/base.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { isAbsent } from "../files/primitives.ts";
import { ggufSummary } from "./checkGguf.ts";
import { checkTokenizer } from "./checkTokenizer.ts";
import { weightProblems } from "./checkWeights.ts";
import { indexName, singleName } from "./hubFiles.ts";
import { readJson } from "./readJson.ts";

/** Architectures that the trainer and the converter support. */
const supportedArchitectures = [
  "MistralForCausalLM",
  "LlamaForCausalLM",
  "Qwen2ForCausalLM",
  "Qwen3ForCausalLM",
] as const;

const ConfigSchema = z.looseObject({
  architectures: z.array(z.string()).nullish(),
  num_hidden_layers: z.unknown().optional(),
  vocab_size: z.unknown().optional(),
  max_position_embeddings: z.unknown().optional(),
  torch_dtype: z.string().nullish(),
  dtype: z.string().nullish(),
});
type Config = z.infer<typeof ConfigSchema>;
const IndexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

/** Returns the size in bytes and the problems of the weight files: those of the index, otherwise the single one. */
async function weightsIn(
  files: FileLayer,
  folder: string,
  names: readonly string[],
  architecture: Architecture | null,
) {
  const problems: string[] = [];
  let shards = names.includes(singleName) ? [singleName] : [];
  let index: z.infer<typeof IndexSchema> | null = null;
  if (names.includes(indexName)) {
    index = await readJson(files, path.join(folder, indexName), IndexSchema);
    if (index === null) problems.push(`couldn't read ${indexName}`);
    shards = [...new Set(Object.values(index?.weight_map ?? {}))].sort();
    if (shards.some((name) => path.basename(name) !== name)) {
      return { bytes: 0, problems: [`${indexName} names files outside its folder`] };
    }
  }
  const absent = shards.filter((name) => !names.includes(name));
  if (absent.length > 0) problems.push(`${absent.join(", ")} ${absent.length === 1 ? "is" : "are"} missing`);
  if (shards.length === 0) {
    const pickle = names.find((name) => /\.(bin|pt|pth)$/.test(name));
    const said =
      pickle === undefined ? "" : `; ${pickle} is a pickle file, which can run code, so it isn't read`;
    problems.push(`it has no safetensors files${said}`);
  }
  if (problems.length === 0) {
    problems.push(...(await weightProblems(files, folder, shards, index?.weight_map ?? null, architecture)));
  }
  const there = shards.filter((name) => names.includes(name));
  const sizes = await Promise.all(there.map((name) => files.size(path.join(folder, name))));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), problems };
}

async function ggufsIn(files: FileLayer, folder: string, names: readonly string[]): Promise<BaseGguf[]> {
  const found: BaseGguf[] = [];
  for (const name of names.filter((one) => one.endsWith(".gguf")).sort()) {
    const file = path.join(folder, name);
    const { weights, bytes } = await ggufSummary(file, await files.size(file));
    found.push({ file, bytes, weights: weights ?? "unreadable" });
  }
  return found;
}

function architectureIn(config: Config | null): Architecture | null {
  return config === null || configProblems(config).length > 0 ? null : architectureOf(config);
}

function configProblemsIn(config: Config, architecture: string | null): string[] {
  if (!supportedArchitectures.some((name) => name === architecture)) {
    return [`its architecture (${architecture ?? "unknown"}) isn't supported`];
  }
  return configProblems(config).map((problem) => `config.json: ${problem}`);
}

async function namesIn(files: FileLayer, folder: string): Promise<string[]> {
  try {
    return await files.list(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** Returns what a Hugging Face folder contains and why it can't be a base, if so. Reads headers, but no weights. */
export async function checkFolder(files: FileLayer, folder: string): Promise<BaseCheck> {
  const names = await namesIn(files, folder);
  const config = await readJson(files, path.join(folder, "config.json"), ConfigSchema);
  const architecture = config?.architectures?.[0] ?? null;
  const sizes = architectureIn(config);
  const weights = await weightsIn(files, folder, names, sizes);
  const tokenizer = await checkTokenizer(files, folder, names);
  const problems =
    config === null
      ? [names.length === 0 ? "it isn't a folder, or it is empty" : "it has no readable config.json"]
      : [...configProblemsIn(config, architecture), ...weights.problems, ...tokenizer.problems];
  const parameters = sizes === null ? null : parameterCounts(sizes);
  return {
    kind: "folder",
    path: folder,
    name: path.basename(folder),
    architecture,
    tokenizer: tokenizer.tokenizer,
    parameters: parameters === null ? null : parameters.linear + parameters.rest,
    layers: count(config?.num_hidden_layers),
    vocabularySize: count(config?.vocab_size),
    contextLength: count(config?.max_position_embeddings),
    weights: config?.dtype ?? config?.torch_dtype ?? null,
    bytes: weights.bytes,
    ggufs: await ggufsIn(files, folder, names),
    problems,
  };
}

/** Throws `Failure` `bad-value` when the check found problems. */
export function refuseUnusable({ path: place, problems }: BaseCheck, hint: string): void {
  if (problems.length === 0) return;
  throw new Failure("bad-value", `${place} can't be used as a base model: ${problems.join("; ")}`, {
    file: place,
    hint,
  });
}
