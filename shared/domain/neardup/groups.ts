import type { Split } from "../../schema/dataset.ts";
import { hash64Hex, hashShare } from "./hash.ts";
import { normalise } from "./shingles.ts";
import { type Neighbour, nearestEarlier } from "./similarity.ts";

/**
 * Near-duplicate groups from each text's nearest earlier one: a text joins the group of that neighbour, else it
 * founds one, whose id is the hash of the founder's normalised text.
 *
 * A group hangs on earlier texts only, so appending rows changes no existing row's group: a row stays on its side
 * of a split in every later version. The price: a new text near to two groups joins the nearer one and does not
 * merge them, so it may have a lesser neighbour on the other side. Removing a founder renames its group.
 */
function groupsFrom(texts: readonly string[], nearest: readonly (Neighbour | null)[]): string[] {
  const groups: string[] = [];
  for (const [at, text] of texts.entries()) {
    const neighbour = nearest[at] ?? null;
    const joined = neighbour === null ? undefined : groups[neighbour.index];
    groups.push(joined ?? hash64Hex(normalise(text)));
  }
  return groups;
}

/** The near-duplicate group of each description, in order; see `groupsFrom` for what stays stable. */
export function groupsOf(descriptions: readonly string[]): string[] {
  return groupsFrom(descriptions, nearestEarlier(descriptions));
}

/** The half of a test set that a group belongs to where the file has no `split` column: by the group's hash. */
export function splitOfGroup(group: string): Split {
  return hashShare(group) < 0.5 ? "dev" : "heldout";
}
