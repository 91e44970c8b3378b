import { useRef } from "react";
import type { RunPage } from "../../shared/schema/run.ts";
import { useClient } from "./ApiProvider.tsx";
import { streamContext } from "./linkOptions.ts";
import { useRuns } from "./runs.ts";
import { useRunStream } from "./useRunStream.ts";
import type { StreamState } from "./useStream.ts";

/**
 * Follows one run: delivers each page of its journal once and in order, also across a lost connection and when an
 * ended run is resumed. `first` is true for the first page of a run.
 */
export function useRunPages(id: string | null, onPage: (page: RunPage, first: boolean) => void): StreamState {
  const client = useClient();
  const listed = useRuns((state) => state.runs?.find((run) => run.id === id) ?? null);
  const seen = useRef({ id: "", seq: 0, started: false });
  return useRunStream(
    id,
    listed,
    (signal) => {
      if (seen.current.id !== id) seen.current = { id: id ?? "", seq: 0, started: false };
      return client.run.watch({ id: id ?? "", from: seen.current.seq }, { signal, context: streamContext });
    },
    (page) => {
      const { started } = seen.current;
      seen.current.started = true;
      seen.current.seq = page.entries.at(-1)?.seq ?? seen.current.seq;
      onPage(page, !started);
    },
  );
}
