// Every runtime has it; the pure layer's tsconfig knows no runtime's library.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** [BOS], [INST] and [/INST] around a prompt; the end of text after a completion. */
const PROMPT_CONTROLS = 3;
const COMPLETION_CONTROLS = 1;

/** The dummy prefix that the tokenizer puts before each encoded piece. */
const PREFIX = 1;

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/**
 * The most tokens a prompt may have: no token is of less than a byte (what the vocabulary lacks becomes one token a
 * byte), so a text has at most as many as UTF-8 bytes.
 */
export function mostPromptTokens(content: string): number {
  return PROMPT_CONTROLS + PREFIX + bytesOf(content);
}

/** The most tokens a row's completion may have: its names joined by line ends; a refusal is the end of text alone. */
export function mostCompletionTokens(names: readonly string[]): number {
  return COMPLETION_CONTROLS + (names.length === 0 ? 0 : PREFIX + bytesOf(names.join("\n")));
}
