import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";

/** How long to wait after the last edit before the rows are checked again, in milliseconds. */
const pauseMs = 300;
/** Larger files are checked on request only, because the check is slow and each edit would restart it. In bytes. */
const AUTOMATIC_BYTES = 16 * 1024 * 1024;

/** The revision of a document for which its rows are checked. */
export interface Checked {
  /** Null: not checked until the user asks. */
  readonly revision: number | null;
  /** True if the rows have changed since, and aren't checked again automatically. */
  readonly stale: boolean;
  ask(): void;
}

/** Decides when a document's rows are checked: after each pause in editing, or for a large file on request. */
export function useChecked(bytes: number, revision: number): Checked {
  const [settled] = useDebouncedValue(revision, pauseMs);
  const [asked, setAsked] = useState<number | null>(null);
  const ask = () => setAsked(revision);
  if (bytes <= AUTOMATIC_BYTES) return { revision: settled, stale: false, ask };
  return { revision: asked, stale: asked !== null && asked !== revision, ask };
}
