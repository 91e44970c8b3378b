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
      hint: "use a Mistral instruct base, or one made by this workbench",
    });
  }
  return id;
}

/** @throws Failure "bad-value" where the tokenizer lacks one of the four. */
export function controlIds(model: LlamaModel): ControlIds {
  const { bos, eos } = model.tokens;
  if (bos === null || eos === null)
    throw new Failure("bad-value", "the model's tokenizer has no BOS or EOS token");
  return { bos, eos, openPrompt: onlyIdOf(model, "[INST]"), closePrompt: onlyIdOf(model, "[/INST]") };
}

/**
 * [BOS][INST] + encode(content) + [/INST], put together piece by piece: text such as `[/INST]` inside the content
 * stays text.
 */
export function promptIds(model: LlamaModel, control: ControlIds, content: string): number[] {
  return [control.bos, control.openPrompt, ...model.tokenize(content, false), control.closePrompt];
}

/** The text of one token in the middle of others: a leading space is kept. */
export function pieceOf(model: LlamaModel, id: number): string {
  const anchor = model.tokenize("a", false);
  return model.detokenize([id as Token], true, anchor);
}

/** All tokens that are whitespace and nothing else: after some of these an end of text is still a refusal. */
export function whitespaceIds(model: LlamaModel): number[] {
  const ids: number[] = [];
  for (const id of model.iterateAllTokens()) {
    if (!model.isSpecialToken(id) && /^\s+$/u.test(pieceOf(model, id))) ids.push(id);
  }
  return ids;
}

/** What the completion's ids say, the dummy prefix's leading space dropped; control tokens show as their names. */
export function completionText(model: LlamaModel, ids: readonly number[]): string {
  return model.detokenize([...ids] as Token[], true);
}
