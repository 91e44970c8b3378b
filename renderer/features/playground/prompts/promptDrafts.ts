import { create } from "zustand";

/** An edit that isn't saved. `baseRevision`: the file that it started from, so that a save finds a conflict. */
interface PromptDraft {
  readonly text: string;
  readonly baseRevision: string | null;
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
