import path from "node:path";
import { z } from "zod";
import preTokenizers from "../../../resources/trainer/namewright_trainer/pre_tokenizers.json" with {
  type: "json",
};
import { type ChatFormat, findFormat, type SpecialTexts } from "../../../shared/domain/chat/chatFormat.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { renderedPrompt } from "./chatTemplate.ts";
import { readJson } from "./readJson.ts";

const StepSchema = z.looseObject({
  type: z.string(),
  pattern: z.looseObject({ Regex: z.string().optional() }).optional(),
  behavior: z.string().optional(),
  invert: z.boolean().optional(),
  individual_digits: z.boolean().optional(),
  add_prefix_space: z.boolean().optional(),
  use_regex: z.boolean().optional(),
  prepend_scheme: z.string().optional(),
});
type Step = z.infer<typeof StepSchema>;
const StepsSchema = StepSchema.extend({
  pretokenizers: z.array(StepSchema).optional(),
  normalizers: z.array(StepSchema).optional(),
});
const TokenizerSchema = z.looseObject({
  model: z.looseObject({
    type: z.string().nullish(),
    vocab: z.record(z.string(), z.unknown()),
    byte_fallback: z.boolean().nullish(),
  }),
  // Not optional: the tokenizers of transformers fail without it.
  added_tokens: z.array(z.looseObject({ content: z.string(), special: z.boolean().optional() })),
  normalizer: StepsSchema.nullish(),
  pre_tokenizer: StepsSchema.nullish(),
});
type Tokenizer = z.infer<typeof TokenizerSchema>;

const SpecialSchema = z.union([z.string(), z.looseObject({ content: z.string() })]).nullish();
const TokenizerConfigSchema = z.looseObject({
  bos_token: SpecialSchema,
  eos_token: SpecialSchema,
  chat_template: z
    .union([z.string(), z.array(z.looseObject({ name: z.string(), template: z.string() }))])
    .nullish(),
});
type TokenizerConfig = z.infer<typeof TokenizerConfigSchema>;

export interface CheckedTokenizer {
  /** Words for the kind of tokenizer, or null without one. */
  readonly tokenizer: string | null;
  readonly format: ChatFormat | null;
  readonly problems: readonly string[];
}

function stepsOf(stored: z.infer<typeof StepsSchema> | null | undefined): readonly Step[] {
  if (stored == null) return [];
  return stored.pretokenizers ?? stored.normalizers ?? [stored];
}

/** Whether the tokenizer puts a space before each text, as SentencePiece may. */
function addsSpace({ normalizer, pre_tokenizer }: Tokenizer): boolean {
  if (stepsOf(normalizer).some(({ type }) => type === "Prepend")) return true;
  return stepsOf(pre_tokenizer).some(
    (step) => step.type === "Metaspace" && (step.prepend_scheme ?? "always") !== "never",
  );
}

/** Whether it is a byte-level BPE that llama.cpp knows, as the trainer's `byte_level.py` decides. */
function isKnownByteLevel({ model, normalizer, pre_tokenizer }: Tokenizer): boolean {
  if (model.type !== "BPE" || model.byte_fallback === true) return false;
  if (normalizer != null && normalizer.type !== "NFC") return false;
  let bytes = false;
  const names: string[] = [];
  for (const step of stepsOf(pre_tokenizer)) {
    if (step.type === "Split" && step.behavior === "Isolated" && step.invert !== true)
      names.push(step.pattern?.Regex ?? "");
    else if (step.type === "Digits" && step.individual_digits === true) names.push("digits");
    else if (step.type === "ByteLevel" && step.add_prefix_space !== true) {
      bytes = true;
      if (step.use_regex !== false) names.push("words");
    } else return false;
  }
  return bytes && Object.values(preTokenizers).some((steps) => steps.join("\n") === names.join("\n"));
}

async function templateIn(
  files: FileLayer,
  folder: string,
  names: readonly string[],
  config: TokenizerConfig | null,
): Promise<string | null> {
  if (names.includes("chat_template.jinja")) return files.readText(path.join(folder, "chat_template.jinja"));
  const stored = config?.chat_template;
  if (!Array.isArray(stored)) return stored ?? null;
  return stored.find(({ name }) => name === "default")?.template ?? null;
}

function textOf(token: z.infer<typeof SpecialSchema>, otherwise: string | null): string | null {
  if (token == null) return otherwise;
  return typeof token === "string" ? token : token.content;
}

function formatIn(
  tokenizer: Tokenizer | null,
  template: string | null,
  { bos, eos, isSentencePiece }: SpecialTexts & { isSentencePiece: boolean },
): ChatFormat | string {
  const rendered = template === null ? null : renderedPrompt(template, { bos, eos });
  if (template !== null && rendered === null) return "its chat template can't be rendered";
  const controls = new Set(
    tokenizer?.added_tokens
      .filter(({ special }) => isSentencePiece || special === true)
      .map(({ content }) => content),
  );
  // A tokenizer.model alone isn't read here. The conversion reads it.
  const isControl = (text: string) =>
    tokenizer === null || controls.has(text) || (isSentencePiece && text in tokenizer.model.vocab);
  const found = findFormat(rendered, { bos, eos }, isControl);
  if (typeof found === "string" || found.ignoresSpaces) return found;
  if (tokenizer === null || !addsSpace(tokenizer)) return found;
  return `its tokenizer can't write its chat format (${found.name}) exactly`;
}

/** Returns the tokenizer and the chat format of a base, and why the two can't be used, if so. */
export async function checkTokenizer(
  files: FileLayer,
  folder: string,
  names: readonly string[],
): Promise<CheckedTokenizer> {
  const read = <Value>(name: string, schema: z.ZodType<Value>) =>
    names.includes(name) ? readJson(files, path.join(folder, name), schema) : null;
  const isSentencePiece = names.includes("tokenizer.model");
  const tokenizer = await read("tokenizer.json", TokenizerSchema);
  if (tokenizer === null && names.includes("tokenizer.json")) {
    const problems = ["tokenizer.json isn't usable: it needs model.vocab and added_tokens"];
    return { tokenizer: null, format: null, problems };
  }
  if (tokenizer === null && !isSentencePiece)
    return { tokenizer: null, format: null, problems: ["it has no tokenizer"] };
  const kind = tokenizer === null ? "SentencePiece" : (tokenizer.model.type ?? "unknown");
  const config = await read("tokenizer_config.json", TokenizerConfigSchema);
  if (config === null && names.includes("tokenizer_config.json"))
    return { tokenizer: kind, format: null, problems: ["it has no readable tokenizer_config.json"] };
  if (!isSentencePiece && tokenizer !== null && !isKnownByteLevel(tokenizer)) {
    const problem =
      "it has no tokenizer.model, and its tokenizer.json is not a byte-level BPE known to llama.cpp";
    return { tokenizer: kind, format: null, problems: [problem] };
  }
  const bos = textOf(config?.bos_token, isSentencePiece ? "<s>" : null);
  const eos = textOf(config?.eos_token, isSentencePiece ? "</s>" : null);
  const template = await templateIn(files, folder, names, config);
  const format = formatIn(tokenizer, template, { bos, eos, isSentencePiece });
  return typeof format === "string"
    ? { tokenizer: kind, format: null, problems: [format] }
    : { tokenizer: kind, format, problems: [] };
}
