import { type ChatFormat, chatFormat, defaultFormat } from "../chat/chatFormat.ts";

// Every runtime has it; the pure layer's tsconfig knows no runtime's library.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** The token that ends a completion. */
export const COMPLETION_END = 1;

/** The dummy prefix that the tokenizer puts before each encoded piece. */
const PREFIX = 1;

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** The most tokens that a chat format puts around a prompt: 3 for [BOS], [INST] and [/INST]. */
export function mostTokensAround({ before, after }: Pick<ChatFormat, "before" | "after">): number {
  return [...before, ...after].reduce(
    (sum, { kind, text }) => sum + (kind === "text" ? PREFIX + bytesOf(text) : 1),
    0,
  );
}

/** The most tokens that the default format puts around a prompt. */
export const aroundByDefault = mostTokensAround(chatFormat(defaultFormat, null));

/**
 * The most tokens a prompt may have, with `around` of its chat format: no token is of less than a byte (what the vocabulary lacks becomes one token a
 * byte), so a text has at most as many as UTF-8 bytes.
 */
export function mostPromptTokens(content: string, around: number): number {
  return around + PREFIX + bytesOf(content);
}

/** The most tokens a row's completion may have: its names joined by line ends; a refusal is the end of text alone. */
export function mostCompletionTokens(names: readonly string[]): number {
  return COMPLETION_END + (names.length === 0 ? 0 : PREFIX + bytesOf(names.join("\n")));
}
