import { useState } from "react";

/**
 * Returns what the user chose, or a suggestion if they chose nothing. The first suggestion is kept while it `holds`, so
 * that nothing changes under the user's hands when a run starts or ends.
 *
 * @param chosen the user's choice; empty: none
 * @param suggested null: no suggestion yet
 */
export function useSettledChoice(
  chosen: string,
  suggested: string | null,
  holds: (settled: string) => boolean = () => true,
): string | null {
  const [settled, settle] = useState<string | null>(null);
  const kept = settled !== null && holds(settled) ? settled : suggested;
  const next = chosen === "" ? kept : null;
  if (next !== settled) settle(next);
  return chosen === "" ? kept : chosen;
}
