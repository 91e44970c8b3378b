import { useEffect, useRef, useState } from "react";
import { columnsAfter, stoppedColumns, waitingColumns } from "../../../shared/domain/playground/columns.ts";
import type { PlaygroundRequest } from "../../../shared/schema/suggest.ts";
import { failureOf, streamContext, useClient } from "../../api/index.ts";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { type Session, usePlaygroundStore } from "./playgroundStore.ts";

/** Asks the versions and stores their answers. Leaving the screen or asking again stops the current question. */
export function usePlayground() {
  const client = useClient();
  const { workspaceId } = useWorkspacePath();
  const session = usePlaygroundStore(({ sessions }) => sessions[workspaceId]);
  const [running, setRunning] = useState(false);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const ask = async (request: PlaygroundRequest): Promise<void> => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    const { signal } = controller;
    let now: Session = { request, columns: waitingColumns(request.versions), failure: null };
    const show = (change: Partial<Session>): void => {
      now = { ...now, ...change };
      // Ignored after a newer question.
      if (current.current === controller) usePlaygroundStore.getState().set(workspaceId, now);
    };
    show({});
    setRunning(true);
    try {
      for await (const event of await client.playground.stream(request, { signal, context: streamContext }))
        show({ columns: columnsAfter(now.columns, event) });
    } catch (error) {
      if (!signal.aborted) show({ failure: failureOf(error) });
    }
    show({ columns: stoppedColumns(now.columns) });
    if (current.current === controller) setRunning(false);
  };

  return { session, running, ask, stop: () => current.current?.abort() };
}
