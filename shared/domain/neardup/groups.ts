import type { Split } from "../../schema/dataset.ts";
import { hash64Hex, hashShare } from "./hash.ts";
import { normalize } from "./shingles.ts";
import { nearestEarlier } from "./similarity.ts";

/**
 * The near-duplicate group of each description, in order: a text joins the group of its nearest earlier neighbor, else
 * it founds one, whose id is the hash of the founder's normalized text.
 *
 * A group hangs on earlier texts only, so appending rows changes no existing row's group: a row stays on its side
 * of a split in every later version. The price: a new text near to two groups joins the nearer one and does not
 * merge them, so it may have a lesser neighbor on the other side. Removing a founder renames its group.
 */
export function groupsOf(descriptions: readonly string[]): string[] {
  const groups: string[] = [];
  for (const [at, neighbor] of nearestEarlier(descriptions).entries()) {
    const joined = neighbor === null ? undefined : groups[neighbor.index];
    groups.push(joined ?? hash64Hex(normalize(descriptions[at] ?? "")));
  }
  return groups;
}

/** The half of a test set that a group belongs to where the file has no `split` column: by the group's hash. */
export function splitOfGroup(group: string): Split {
  return hashShare(group) < 0.5 ? "dev" : "heldout";
}
