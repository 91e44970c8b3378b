import { create } from "zustand";
import { normalizePrompt } from "../../../../shared/domain/prompt/template.ts";
import type { PromptDocument } from "../../../../shared/schema/prompt.ts";

/** A text that isn't saved. `base`: the prompt that it started from, so that a save finds a conflict. */
interface PromptDraft {
  readonly text: string;
  readonly base: Pick<PromptDocument, "text" | "revision">;
}

/** Returns whether a save would change the prompt. Empty lines at its end don't count. */
export function isEdited({ text, base }: PromptDraft): boolean {
  return normalizePrompt(text) !== base.text;
}

interface PromptDrafts {
  /** By workspace and prompt. */
  readonly drafts: Readonly<Record<string, PromptDraft>>;
  set(key: string, draft: PromptDraft): void;
  remove(key: string): void;
}

/** Keeps unsaved edits while other screens are open. */
export const usePromptDrafts = create<PromptDrafts>((set) => ({
  drafts: {},
  set: (key, draft) => set(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } })),
  remove: (key) =>
    set(({ drafts }) => {
      const { [key]: _removed, ...rest } = drafts;
      return { drafts: rest };
    }),
}));
