/** Texts that are single control tokens in Mistral's vocabularies. */
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
] as const;

/** The control tokens whose text is in the text, as they are written there. */
export function controlTokensIn(text: string): string[] {
  return controlTokens.filter((token) => text.includes(token));
}
