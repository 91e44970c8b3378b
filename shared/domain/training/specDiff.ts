import type { SpecDiff, SpecDifference } from "../../schema/trainingPlan.ts";
import { TRAINING_FIELDS } from "./fields.ts";

/** Each value of a document at its path; a list is one value. */
function flat(value: unknown, path = ""): Map<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return new Map([[path, value]]);
  const all = new Map<string, unknown>();
  for (const [key, inner] of Object.entries(value)) {
    for (const [place, one] of flat(inner, path === "" ? key : `${path}.${key}`)) all.set(place, one);
  }
  return all;
}

function labelOf(path: string): string | null {
  const id = path.replace(/^trainer\./, "");
  return TRAINING_FIELDS.find((field) => field.id === id)?.label ?? null;
}

/** Where two specs differ, by path; a value that only one has is compared with null. */
export function diffSpecs(one: unknown, other: unknown): SpecDiff {
  const [before, after] = [flat(one), flat(other)];
  const differences: SpecDifference[] = [];
  let same = 0;
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const pair = { one: before.get(path) ?? null, other: after.get(path) ?? null };
    if (JSON.stringify(pair.one) === JSON.stringify(pair.other)) same += 1;
    else differences.push({ path, label: labelOf(path), ...pair });
  }
  return { differences, same };
}
