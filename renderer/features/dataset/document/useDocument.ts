import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type {
  DocumentCommand,
  DocumentState,
  Edited,
  OpenedDocument,
} from "../../../../shared/schema/document.ts";
import { failureOf, following, useApi, useClient, useStream } from "../../../api/index.ts";
import { noticeFailure } from "../../../ui/notices.tsx";

/** A document that is open here, and what can be done to it. Acts are made one after the other, in the order of the calls. */
export interface DocumentHandle {
  readonly opened: OpenedDocument;
  readonly state: DocumentState;
  /** Rejects where it was not made; the person has been told why. */
  edit(command: DocumentCommand): Promise<Edited>;
  save(): Promise<void>;
  discard(): Promise<void>;
}

export type DocumentOpening =
  | { readonly kind: "opening" }
  | { readonly kind: "failed"; readonly error: unknown; retry(): void }
  | { readonly kind: "open"; readonly document: DocumentHandle };

/** Opens a document and follows it: what another window does to it is seen here too. */
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
    (signal) => client.dataset.document.watch({ file }, { signal, context: following }),
    take,
  );
  const { data, refetch } = opening;
  const readAnew = data !== undefined && followed?.file === file && followed.state.loads > data.state.loads;
  useEffect(() => {
    // Its columns, its size and whether it may be edited are told by opening it again.
    if (readAnew) void refetch();
  }, [readAnew, refetch]);
  if (opening.error !== null) {
    return { kind: "failed", error: opening.error, retry: () => void opening.refetch() };
  }
  if (opening.data === undefined) return { kind: "opening" };
  const opened = opening.data;
  const state = followed?.file === file ? followed.state : opened.state;

  /** `title`: what did not come about where it fails. */
  function inTurn<Value>(title: string, work: (baseRevision: number) => Promise<Value>): Promise<Value> {
    const turn = last.current.then(() => work(latest.current?.revision ?? opened.state.revision));
    last.current = turn.catch(() => {});
    turn.catch((error: unknown) => {
      noticeFailure(error, title);
      // What is on the screen may be older than what there is: it comes anew.
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
      inTurn("Nothing was changed", async (baseRevision) => {
        const edited = await client.dataset.document.edit({ file, baseRevision, command });
        take(edited.state);
        return edited;
      }),
    save: () =>
      inTurn("It was not saved", async (baseRevision) => {
        take(await client.dataset.document.save({ file, baseRevision }));
        await files();
      }),
    discard: () =>
      inTurn("The edits are still there", async (baseRevision) => {
        take(await client.dataset.document.discard({ file, baseRevision }));
        await files();
      }),
  };
  return { kind: "open", document };
}
