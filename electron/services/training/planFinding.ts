import type { PlanFinding } from "../../../shared/schema/trainingPlan.ts";

/** Keeps a training from starting. */
export const error = (code: string, message: string, hint: string | null = null): PlanFinding => ({
  severity: "error",
  code,
  message,
  hint,
});
/** To be minded before it starts. */
export const warning = (code: string, message: string, hint: string | null = null): PlanFinding => ({
  ...error(code, message, hint),
  severity: "warning",
});
/** To be known before it starts. */
export const note = (code: string, message: string, hint: string | null = null): PlanFinding => ({
  ...error(code, message, hint),
  severity: "note",
});
