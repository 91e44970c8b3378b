import type { LlamaModel, Token } from "node-llama-cpp";
import { z } from "zod";
import {
  type ChatFormat,
  chatFormat,
  defaultFormat,
  type Piece,
} from "../../../shared/domain/chat/chatFormat.ts";
import { Failure } from "../../../shared/domain/failure.ts";

/** The ids of a chat format's pieces around a prompt (Mistral v0.3: BOS 1, [INST] 3; [/INST] 4) and after an answer. */
export interface ControlIds {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly eos: number;
  readonly reserved: readonly string[];
}

/** The converter's name of the chat format. Files of others, and those of the default format, have none. */
const MetadataSchema = z.looseObject({
  namewright: z.looseObject({ chat_format: z.string(), chat_system: z.string().nullish() }).optional(),
});

function formatOf(model: LlamaModel): ChatFormat {
  const { namewright } = MetadataSchema.parse(model.fileInfo.metadata);
  return chatFormat(namewright?.chat_format ?? defaultFormat, namewright?.chat_system ?? null);
}

function onlyIdOf(model: LlamaModel, text: string): number {
  const ids = model.tokenize(text, true);
  const [id] = ids;
  if (id === undefined || ids.length !== 1 || !model.isSpecialToken(id)) {
    throw new Failure("bad-value", `the model's tokenizer has no control token ${text}`, {
      hint: "Use a base model that `namewright base check` accepts, or the embedded base.",
    });
  }
  return id;
}

function idsOf(model: LlamaModel, { kind, text }: Piece): number[] {
  if (kind === "text") return model.tokenize(text, false);
  if (kind === "control") return [onlyIdOf(model, text)];
  const id = text === "bos" ? model.tokens.bos : model.tokens.eos;
  if (id === null) throw new Failure("bad-value", "the model's tokenizer has no BOS or EOS token");
  return [id];
}

/** Returns the ids of the model's chat format. Throws `Failure` `bad-value` if the tokenizer lacks a control token. */
export function controlIds(model: LlamaModel): ControlIds {
  const { before, after, end, reserved } = formatOf(model);
  const ids = (pieces: readonly Piece[]) => pieces.flatMap((piece) => idsOf(model, piece));
  const [eos = 0] = idsOf(model, end);
  return { before: ids(before), after: ids(after), eos, reserved };
}

/**
 * Returns the pieces before + encode(content) + the pieces after, joined as ids, so that text such as `[/INST]` inside
 * the content stays text.
 */
export function promptIds(model: LlamaModel, control: ControlIds, content: string): number[] {
  return [...control.before, ...model.tokenize(content, false), ...control.after];
}

/** Returns the text of one token within others, with its leading space. */
export function pieceOf(model: LlamaModel, id: number): string {
  const anchor = model.tokenize("a", false);
  return model.detokenize([id as Token], true, anchor);
}

/** Returns the text of every token within others, with its leading space. Control tokens are left out. */
export function vocabularyPieces(model: LlamaModel): Map<number, string> {
  const pieces = new Map<number, string>();
  for (const id of model.iterateAllTokens())
    if (!model.isSpecialToken(id)) pieces.set(id, pieceOf(model, id));
  return pieces;
}

/** Returns all whitespace-only tokens. An end of text after some of these is still a refusal. */
export function whitespaceIds(pieces: ReadonlyMap<number, string>): number[] {
  return [...pieces].flatMap(([id, piece]) => (/^\s+$/u.test(piece) ? [id] : []));
}

/** Returns the completion's text, without the leading space of the dummy prefix. Control tokens appear by name. */
export function completionText(model: LlamaModel, ids: readonly number[]): string {
  return model.detokenize([...ids] as Token[], true);
}
