import type { Warning } from "../../../shared/schema/comparison.ts";
import { styled } from "./output.ts";

/** Formats what to know before trusting figures, one line each. */
export function warningLines(warnings: readonly Warning[]): string[] {
  return warnings.map(({ code, message }) => `${styled("yellow", "warning")} ${code}: ${message}`);
}
