/** Texts that are single control tokens in the vocabularies of Mistral, and of the other chat formats. */
const controlTokens = [
  "<unk>",
  "<s>",
  "</s>",
  "[INST]",
  "[/INST]",
  "[TOOL_CALLS]",
  "[AVAILABLE_TOOLS]",
  "[/AVAILABLE_TOOLS]",
  "[TOOL_RESULTS]",
  "[/TOOL_RESULTS]",
  "[SYSTEM_PROMPT]",
  "[/SYSTEM_PROMPT]",
  "<|im_start|>",
  "<|im_end|>",
  "<|begin_of_text|>",
  "<|start_header_id|>",
  "<|end_header_id|>",
  "<|eot_id|>",
  "<start_of_turn>",
  "<end_of_turn>",
] as const;

/** The control tokens whose text is in the text, as they are written there. */
export function controlTokensIn(text: string): string[] {
  return controlTokens.filter((token) => text.includes(token));
}
