import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

/** How long a person has paused before the rows are looked at anew, in milliseconds. */
const pauseMs = 300;
/** Larger files are checked when a person asks: it takes a while, and each edit would begin it anew. In bytes. */
const UNASKED_BYTES = 16 * 1024 * 1024;

/** What is to be said of a document's rows is worked out for this revision of it. */
export interface Checked {
  /** null: not yet; a person has to ask. */
  readonly revision: number | null;
  /** True where the rows have changed since, and it is not worked out anew by itself. */
  readonly stale: boolean;
  ask(): void;
}

/** When the rows of a document are looked at: at each pause, or of a large file when it is asked for. */
export function useChecked(bytes: number, revision: number): Checked {
  const [settled] = useDebouncedValue(revision, pauseMs);
  const [asked, setAsked] = useState<number | null>(null);
  const ask = () => setAsked(revision);
  if (bytes <= UNASKED_BYTES) return { revision: settled, stale: false, ask };
  return { revision: asked, stale: asked !== null && asked !== revision, ask };
}
