import { create } from "zustand";
import type { Columns } from "../../../shared/domain/playground/columns.ts";
import type { FailureDetail } from "../../../shared/schema/failure.ts";
import type { PlaygroundRequest } from "../../../shared/schema/suggest.ts";

/** What was asked last in a workspace, and what came of it: still there when one comes back to the screen. */
export interface Session {
  readonly request: PlaygroundRequest;
  readonly columns: Columns;
  /** Why nothing could be asked at all. */
  readonly failure: FailureDetail | null;
}

/** What was typed and not asked, and which description the URL held meanwhile: another address has another text. */
export interface Draft {
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
