import type { Label } from "../../schema/dataset.ts";
import { normalize } from "../neardup/shingles.ts";

interface Labelled {
  readonly description: string;
  readonly label: Label | null;
}

/**
 * Returns whether a row's description is labeled both safe and harmful among these rows: no answer to it is right.
 * Descriptions are equal as in lint: without case, punctuation and spaces.
 */
export function contradictedIn(rows: readonly Labelled[]): (row: Labelled) => boolean {
  const labels = new Map<string, Label | "both">();
  for (const { description, label } of rows) {
    const key = normalize(description);
    if (label === null || key === "") continue;
    const before = labels.get(key);
    labels.set(key, before === undefined || before === label ? label : "both");
  }
  return ({ description }) => labels.get(normalize(description)) === "both";
}
