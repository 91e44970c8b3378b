import path from "node:path";
import { z } from "zod";
import { architectureOf, parameterCounts } from "../../../shared/domain/training/architecture.ts";
import type { BaseCheck, BaseGguf } from "../../../shared/schema/base.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { ggufSummary } from "./checkGguf.ts";
import { indexName, singleName } from "./hubFiles.ts";

/** Architectures that the trainer and the converter know. */
export const supportedArchitectures = ["MistralForCausalLM", "LlamaForCausalLM"] as const;

const ConfigSchema = z.looseObject({
  architectures: z.array(z.string()).nullish(),
  num_hidden_layers: z.number().int().positive().nullish(),
  vocab_size: z.number().int().positive().nullish(),
  max_position_embeddings: z.number().int().positive().nullish(),
  torch_dtype: z.string().nullish(),
  dtype: z.string().nullish(),
  auto_map: z.unknown().optional(),
});
const IndexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) });
const TokenizerSchema = z.looseObject({
  model: z.looseObject({ type: z.string().nullish(), vocab: z.record(z.string(), z.unknown()) }),
  added_tokens: z.array(z.looseObject({ content: z.string() })).default([]),
});

/** The control tokens that a prompt is put together from. */
const controls = ["<s>", "</s>", "[INST]", "[/INST]"] as const;

async function readJson<Value>(files: FileLayer, file: string, schema: z.ZodType<Value>) {
  try {
    return schema.parse(JSON.parse(await files.readText(file)));
  } catch {
    return null;
  }
}

/** The weight files by the index, else the single one, with what is wrong with them. */
async function weightsIn(files: FileLayer, folder: string, names: readonly string[]) {
  const problems: string[] = [];
  let shards = names.includes(singleName) ? [singleName] : [];
  if (names.includes(indexName)) {
    const index = await readJson(files, path.join(folder, indexName), IndexSchema);
    if (index === null) problems.push(`${indexName} cannot be read`);
    shards = [...new Set(Object.values(index?.weight_map ?? {}))].sort();
    if (shards.some((name) => path.basename(name) !== name)) {
      return { bytes: 0, problems: [`${indexName} names files outside its folder`] };
    }
  }
  const absent = shards.filter((name) => !names.includes(name));
  if (absent.length > 0) problems.push(`${absent.join(", ")} ${absent.length === 1 ? "is" : "are"} missing`);
  if (shards.length === 0) {
    const pickle = names.find((name) => /\.(bin|pt|pth)$/.test(name));
    const said = pickle === undefined ? "" : `; ${pickle} is a pickle, which can run code, and is not read`;
    problems.push(`there are no safetensors${said}`);
  }
  const there = shards.filter((name) => names.includes(name));
  const sizes = await Promise.all(there.map((name) => files.size(path.join(folder, name))));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), problems };
}

async function tokenizerIn(files: FileLayer, folder: string, names: readonly string[]) {
  if (names.includes("tokenizer.json")) {
    const tokenizer = await readJson(files, path.join(folder, "tokenizer.json"), TokenizerSchema);
    if (tokenizer === null) return { tokenizer: null, problems: ["tokenizer.json cannot be read"] };
    const added = new Set(tokenizer.added_tokens.map(({ content }) => content));
    const lacking = controls.filter((token) => !added.has(token) && !(token in tokenizer.model.vocab));
    return {
      tokenizer: tokenizer.model.type ?? "unknown",
      problems: lacking.length === 0 ? [] : [`its tokenizer has no ${lacking.join(", ")}`],
    };
  }
  if (names.includes("tokenizer.model")) return { tokenizer: "SentencePiece", problems: [] };
  return { tokenizer: null, problems: ["it has no tokenizer"] };
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

function sizesOf(config: unknown): { parameters: number | null } {
  try {
    const { linear, rest } = parameterCounts(architectureOf(config));
    return { parameters: linear + rest };
  } catch {
    return { parameters: null };
  }
}

/** What a Hugging Face folder holds, and what keeps it from being a base. Reads no weights. */
export async function checkFolder(files: FileLayer, folder: string): Promise<BaseCheck> {
  const names = (await files.exists(folder)) ? await files.list(folder) : [];
  const config = await readJson(files, path.join(folder, "config.json"), ConfigSchema);
  const architecture = config?.architectures?.[0] ?? null;
  const supported = supportedArchitectures.some((name) => name === architecture);
  const weights = await weightsIn(files, folder, names);
  const tokenizer = await tokenizerIn(files, folder, names);
  const problems =
    config === null
      ? [names.length === 0 ? "the folder is not there or empty" : "it has no readable config.json"]
      : [
          ...(supported ? [] : [`it is a ${architecture ?? "model of unknown kind"}`]),
          ...weights.problems,
          ...tokenizer.problems,
        ];
  return {
    kind: "folder",
    path: folder,
    name: path.basename(folder),
    architecture,
    tokenizer: tokenizer.tokenizer,
    ...sizesOf(config),
    layers: config?.num_hidden_layers ?? null,
    vocabularySize: config?.vocab_size ?? null,
    contextLength: config?.max_position_embeddings ?? null,
    weights: config?.dtype ?? config?.torch_dtype ?? null,
    bytes: weights.bytes,
    ggufs: await ggufsIn(files, folder, names),
    problems,
  };
}
