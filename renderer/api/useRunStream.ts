import { useEffect, useState } from "react";
import type { Run } from "../../shared/schema/run.ts";
import { isActive } from "./runs.ts";
import { type StreamState, useStream } from "./useStream.ts";

/**
 * Follows a stream that ends with its run, and opens it again when the run is resumed. `listed` is the run in the list
 * of all runs. A null `id` opens no stream.
 */
export function useRunStream<Page extends { readonly run: Run }>(
  id: string | null,
  listed: Run | null,
  open: (signal: AbortSignal) => Promise<AsyncIterable<Page>>,
  onPage: (page: Page) => void,
): StreamState {
  const [resumes, setResumes] = useState(0);
  const [last, setLast] = useState<{ id: string | null; seq: number }>({ id: null, seq: 0 });
  const state = useStream(id === null ? null : `${id} ${resumes}`, open, (page) => {
    setLast({ id, seq: page.run.lastSeq });
    onPage(page);
  });
  // The list is polled and can miss an end that is followed by a quick resume, so its status alone isn't enough.
  const newer = listed !== null && last.id === id && listed.lastSeq > last.seq;
  const resumed = state.kind === "over" && newer && isActive(listed);
  useEffect(() => {
    if (resumed) setResumes((count) => count + 1);
  }, [resumed]);
  return state;
}
