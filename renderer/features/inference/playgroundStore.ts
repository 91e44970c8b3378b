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

interface PlaygroundStore {
  readonly sessions: Readonly<Record<string, Session>>;
  set(workspaceId: string, session: Session): void;
}

export const usePlaygroundStore = create<PlaygroundStore>((set) => ({
  sessions: {},
  set: (workspaceId, session) =>
    set(({ sessions }) => ({ sessions: { ...sessions, [workspaceId]: session } })),
}));
