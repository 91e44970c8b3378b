import { create } from "zustand";
import type { Columns } from "../../../shared/domain/playground/columns.ts";
import type { FailureDetail } from "../../../shared/schema/failure.ts";
import type { PlaygroundRequest } from "../../../shared/schema/suggest.ts";

/** The last question of a workspace and its answers, kept while other screens are open. */
export interface Session {
  readonly request: PlaygroundRequest;
  readonly columns: Columns;
  /** Why the question couldn't be asked; null if it was. */
  readonly failure: FailureDetail | null;
}

/** Typed but not asked text, with the description in the URL at the time: the draft applies only to that URL. */
interface Draft {
  readonly description: string;
  readonly asked: string;
}

interface PlaygroundStore {
  readonly sessions: Readonly<Record<string, Session>>;
  readonly drafts: Readonly<Record<string, Draft>>;
  set(workspaceId: string, session: Session): void;
  setDraft(workspaceId: string, draft: Draft): void;
}

export const usePlaygroundStore = create<PlaygroundStore>((set) => ({
  sessions: {},
  drafts: {},
  set: (workspaceId, session) =>
    set(({ sessions }) => ({ sessions: { ...sessions, [workspaceId]: session } })),
  setDraft: (workspaceId, draft) => set(({ drafts }) => ({ drafts: { ...drafts, [workspaceId]: draft } })),
}));
