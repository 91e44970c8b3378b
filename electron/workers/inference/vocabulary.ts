import type { LlamaModel, Token } from "node-llama-cpp";
import { Failure } from "../../../shared/domain/failure.ts";

/** The ids around prompt and completion (Mistral v0.3: BOS 1, EOS 2, [INST] 3, [/INST] 4). */
export interface ControlIds {
  readonly bos: number;
  readonly eos: number;
  readonly openPrompt: number;
  readonly closePrompt: number;
}

function onlyIdOf(model: LlamaModel, text: string): number {
  const ids = model.tokenize(text, true);
  const [id] = ids;
  if (id === undefined || ids.length !== 1 || !model.isSpecialToken(id)) {
    throw new Failure("bad-value", `the model's tokenizer has no control token ${text}`, {
      hint: "Use a Mistral instruct base, or the embedded base.",
    });
  }
  return id;
}

/** Returns the control ids. Throws `Failure` `bad-value` if the tokenizer lacks one of the four. */
export function controlIds(model: LlamaModel): ControlIds {
  const { bos, eos } = model.tokens;
  if (bos === null || eos === null)
    throw new Failure("bad-value", "the model's tokenizer has no BOS or EOS token");
  return { bos, eos, openPrompt: onlyIdOf(model, "[INST]"), closePrompt: onlyIdOf(model, "[/INST]") };
}

/**
 * Returns [BOS][INST] + encode(content) + [/INST], joined from pieces, so that text such as `[/INST]` inside the content
 * stays text.
 */
export function promptIds(model: LlamaModel, control: ControlIds, content: string): number[] {
  return [control.bos, control.openPrompt, ...model.tokenize(content, false), control.closePrompt];
}

/** Returns the text of one token within others, with its leading space. */
export function pieceOf(model: LlamaModel, id: number): string {
  const anchor = model.tokenize("a", false);
  return model.detokenize([id as Token], true, anchor);
}

/** Returns all whitespace-only tokens. An end of text after some of these is still a refusal. */
export function whitespaceIds(model: LlamaModel): number[] {
  const ids: number[] = [];
  for (const id of model.iterateAllTokens()) {
    if (!model.isSpecialToken(id) && /^\s+$/u.test(pieceOf(model, id))) ids.push(id);
  }
  return ids;
}

/** Returns the completion's text, without the leading space of the dummy prefix. Control tokens appear by name. */
export function completionText(model: LlamaModel, ids: readonly number[]): string {
  return model.detokenize([...ids] as Token[], true);
}
