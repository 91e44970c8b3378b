import type { PlanFinding } from "../../../shared/schema/trainingPlan.ts";

/** Creates a finding that prevents a training from starting. */
export const error = (code: string, message: string, hint: string | null = null): PlanFinding => ({
  severity: "error",
  code,
  message,
  hint,
});
/** Creates a finding to consider before the training starts. */
export const warning = (code: string, message: string, hint: string | null = null): PlanFinding => ({
  ...error(code, message, hint),
  severity: "warning",
});
/** Creates a finding that only informs. */
export const note = (code: string, message: string, hint: string | null = null): PlanFinding => ({
  ...error(code, message, hint),
  severity: "note",
});
