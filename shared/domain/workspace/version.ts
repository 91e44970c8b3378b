import type { Grammar } from "../../schema/result.ts";
import { untrainedVersions } from "../../schema/workspace.ts";

/** Returns whether a version is an adapter on the base: `v1`, `v2`, … */
export function hasAdapter(version: string): boolean {
  return !untrainedVersions.some((one) => one === version);
}

/** Returns whether a version is the base under a prompt with examples, made to be compared with fine-tuning. */
export function isPrompted(version: string): boolean {
  return version !== "base" && !hasAdapter(version);
}

/** Returns the grammar that a version answers under: its own, or the one that was asked for. */
export function grammarOf(version: string, asked: Grammar): Grammar {
  return version === "prompted+grammar" ? "names" : asked;
}
