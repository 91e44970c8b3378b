import { useState } from "react";

/**
 * A choice that the screen makes for a person who has made none. It stays as it was first suggested, so that nothing
 * changes under their hands when a run begins or ends, until they choose or it `holds` no more.
 *
 * @param chosen what the person chose; empty: nothing
 * @param suggested null: there is nothing to suggest yet
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
