import { isValidName } from "./names.ts";
import { hasNameCharacters, namingBounds } from "./rules.ts";

/** The finished names of an answer, and what is written of the next one. */
interface NameList {
  readonly names: readonly string[];
  readonly current: string;
}

/** What an answer can still become. At least one of the two is possible. */
export interface AnswerState {
  /** Null if the text can't become a list of names any more. */
  readonly list: NameList | null;
  /** The rest of the refusal line, or null if the text isn't its beginning. */
  readonly refusal: string | null;
}

/**
 * Returns the state of an answer without text. The grammar accepts exactly the texts that `parseCompletion` reads as
 * answered, the empty text, and `refusalLine` if there is one.
 */
export function emptyAnswer(refusalLine: string | null): AnswerState {
  return { list: { names: [], current: "" }, refusal: refusalLine };
}

/** Returns whether the text so far is a whole answer or refusal. */
export function canEnd({ list, refusal }: AnswerState): boolean {
  if (refusal === "") return true;
  if (list === null) return false;
  const { names, current } = list;
  if (names.length === 0 && current === "") return true;
  return names.length === namingBounds.namesPerRow - 1 && isNewName(names, current);
}

/** Returns the state after more text, or null if no further text would make an answer or refusal of it. */
export function afterText({ list, refusal }: AnswerState, text: string): AnswerState | null {
  const state = {
    list: list === null ? null : listAfter(list, text),
    refusal: refusal?.startsWith(text) ? refusal.slice(text.length) : null,
  };
  return state.list === null && state.refusal === null ? null : state;
}

function listAfter({ names, current }: NameList, text: string): NameList | null {
  const lines = text.split("\n");
  // Most of a vocabulary ends here, without the costlier rules.
  if (!lines.every(hasNameCharacters)) return null;
  const finished = [...names];
  let line = current;
  for (const [at, part] of lines.entries()) {
    if (at > 0) {
      if (finished.length === namingBounds.namesPerRow - 1 || !isNewName(finished, line)) return null;
      finished.push(line);
      line = "";
    }
    line += part;
  }
  return canBecomeName(finished, line) ? { names: finished, current: line } : null;
}

const isNewName = (names: readonly string[], name: string): boolean =>
  isValidName(name) && !names.includes(name);

/**
 * Returns whether some name that starts with `start` is valid and new. A start that leaves room for another letter has
 * more continuations than an answer has names.
 */
function canBecomeName(names: readonly string[], start: string): boolean {
  const { minLength, maxLength } = namingBounds;
  if (start.length >= maxLength) return isNewName(names, start);
  return isValidName(start.padEnd(Math.max(minLength, start.length + 1), "a"));
}
