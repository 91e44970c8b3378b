import { useState } from "react";
import { namesFromForeign } from "../../../../shared/domain/dataset/foreign.ts";
import { parseSuggestions, suggestionsText } from "../../../../shared/domain/dataset/suggestions.ts";

/** Names during editing: the list, the typed text, and the position that it replaces (null: a new name). */
export interface NamesDraft {
  readonly names: readonly string[];
  readonly text: string;
  readonly replacing: number | null;
}

/** Returns the names in a cell, or in its text if it isn't a list. */
export function draftOf(value: string): NamesDraft {
  const parsed = parseSuggestions(value);
  const names = parsed.kind === "names" ? parsed.names : (namesFromForeign(value) ?? []);
  return { names, text: "", replacing: null };
}

/**
 * Returns the list with the typed text in its position. Empty text removes the name; several names may be typed or
 * pasted.
 */
export function settled({ names, text, replacing }: NamesDraft): string[] {
  const typed = text.split(/[\s,;|]+/).filter((part) => part !== "");
  if (replacing === null) return [...names, ...typed];
  return [...names.slice(0, replacing), ...typed, ...names.slice(replacing + 1)];
}

/** Opens a name for editing and adds the typed text to the list. */
export function reopened(draft: NamesDraft, at: number): NamesDraft {
  const before = settled(draft);
  const shifted =
    draft.replacing !== null && draft.replacing < at ? at + before.length - draft.names.length : at;
  const names = before;
  return { names, text: names[shifted] ?? "", replacing: shifted < names.length ? shifted : null };
}

/** Holds a cell's names during editing. `onChange` receives the cell's text after each step. */
export function useNamesDraft(value: string, startedWith: string | null, onChange: (value: string) => void) {
  const [draft, setDraft] = useState<NamesDraft>(() => ({ ...draftOf(value), text: startedWith ?? "" }));
  const change = (next: NamesDraft) => {
    setDraft(next);
    onChange(suggestionsText(settled(next)));
  };
  return {
    draft,
    type: (text: string) => change({ ...draft, text }),
    take: () => change({ names: settled(draft), text: "", replacing: null }),
    reopen: (at: number) => change(reopened(draft, at)),
    remove: (at: number) =>
      change({ names: draft.names.filter((_, place) => place !== at), text: "", replacing: null }),
  };
}
