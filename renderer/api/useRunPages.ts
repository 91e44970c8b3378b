import { useRef } from "react";
import type { RunPage } from "../../shared/schema/run.ts";
import { useClient } from "./ApiProvider.tsx";
import { following } from "./linkOptions.ts";
import { isActive, useRuns } from "./runs.ts";
import { type StreamState, useStream } from "./useStream.ts";

/**
 * Follows one run: each page of its journal once and in order, also over a lost connection and, after it has ended,
 * when it is resumed. `first` says that the journal begins anew, with another run.
 */
export function useRunPages(id: string | null, onPage: (page: RunPage, first: boolean) => void): StreamState {
  const client = useClient();
  const goesOn = useRuns((state) => state.runs?.some((run) => run.id === id && isActive(run)) ?? false);
  const seen = useRef({ id: "", seq: 0, begun: false });
  return useStream(
    id === null ? null : `${id} ${goesOn ? "goes on" : "as it is"}`,
    (signal) => {
      if (seen.current.id !== id) seen.current = { id: id ?? "", seq: 0, begun: false };
      return client.run.watch({ id: id ?? "", from: seen.current.seq }, { signal, context: following });
    },
    (page) => {
      const { begun } = seen.current;
      seen.current.begun = true;
      seen.current.seq = page.entries.at(-1)?.seq ?? seen.current.seq;
      onPage(page, !begun);
    },
  );
}
