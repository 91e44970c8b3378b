import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type {
  DocumentCommand,
  DocumentState,
  Edited,
  OpenedDocument,
} from "../../../../shared/schema/document.ts";
import { failureOf, streamContext, useApi, useClient, useStream } from "../../../api/index.ts";
import { noticeFailure } from "../../../ui/notices.tsx";
import { messages } from "../messages.ts";

/** An open document and its actions, which run one after the other in the order of the calls. */
export interface DocumentHandle {
  readonly opened: OpenedDocument;
  readonly state: DocumentState;
  /** Rejects if the edit failed. The reason has then already been shown. */
  edit(command: DocumentCommand): Promise<Edited>;
  save(): Promise<void>;
  discard(): Promise<void>;
}

export type DocumentOpening =
  | { readonly kind: "opening" }
  | { readonly kind: "failed"; readonly error: unknown; retry(): void }
  | { readonly kind: "open"; readonly document: DocumentHandle };

/** Opens a document and follows its changes, including those from other windows. */
export function useDocument(file: string): DocumentOpening {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const opening = useQuery(
    api.dataset.document.open.queryOptions({ input: { file }, staleTime: 0, gcTime: 0 }),
  );
  const [followed, setFollowed] = useState<{ file: string; state: DocumentState } | null>(null);
  const latest = useRef<DocumentState | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const take = (state: DocumentState) => {
    latest.current = state;
    setFollowed({ file, state });
  };
  useStream(
    opening.data === undefined ? null : file,
    (signal) => client.dataset.document.watch({ file }, { signal, context: streamContext }),
    take,
  );
  const { data, refetch } = opening;
  const reloaded = data !== undefined && followed?.file === file && followed.state.loads > data.state.loads;
  useEffect(() => {
    // Opening it again returns its new columns, size, and whether it can be edited.
    if (reloaded) void refetch();
  }, [reloaded, refetch]);
  if (opening.error !== null) {
    return { kind: "failed", error: opening.error, retry: () => void opening.refetch() };
  }
  if (opening.data === undefined) return { kind: "opening" };
  const opened = opening.data;
  const state = followed?.file === file ? followed.state : opened.state;

  /** Runs `work` after the previous actions. `title` is shown if it fails. */
  function enqueue<Value>(title: string, work: (baseRevision: number) => Promise<Value>): Promise<Value> {
    const turn = last.current.then(() => work(latest.current?.revision ?? opened.state.revision));
    last.current = turn.catch(() => {});
    turn.catch((error: unknown) => {
      noticeFailure(error, title);
      // The state on screen may be out of date, so load it again.
      if (failureOf(error).code === "conflict")
        void client.dataset.document.open({ file }).then((now) => take(now.state));
    });
    return turn;
  }
  const files = () => queries.invalidateQueries({ queryKey: api.dataset.list.key() });
  const document: DocumentHandle = {
    opened,
    state,
    edit: (command) =>
      enqueue(messages.document.editFailed, async (baseRevision) => {
        const edited = await client.dataset.document.edit({ file, baseRevision, command });
        take(edited.state);
        return edited;
      }),
    save: () =>
      enqueue(messages.document.saveFailed, async (baseRevision) => {
        take(await client.dataset.document.save({ file, baseRevision }));
        await files();
      }),
    discard: () =>
      enqueue(messages.document.discardFailed, async (baseRevision) => {
        take(await client.dataset.document.discard({ file, baseRevision }));
        await files();
      }),
  };
  return { kind: "open", document };
}
