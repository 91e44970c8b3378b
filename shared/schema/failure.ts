import { z } from "zod";
import { Positive } from "./numbers.ts";

/** What kind of failure: each has one exit code of the terminal. */
const FailureCodeSchema = z.enum([
  "check-failed",
  "usage",
  "bad-value",
  "missing",
  "conflict",
  "service-refused",
  "cancelled",
  "defect",
]);
export type FailureCode = z.infer<typeof FailureCodeSchema>;

/** The terminal's exit code of each failure. */
export const exitCodeOf = {
  "check-failed": 1,
  usage: 2,
  "bad-value": 3,
  missing: 4,
  conflict: 3,
  "service-refused": 5,
  cancelled: 130,
  defect: 70,
} as const satisfies Record<FailureCode, number>;

/** A failure as it is kept and sent: what happened, what to do and where. */
export const FailureDetailSchema = z.strictObject({
  code: FailureCodeSchema,
  message: z.string(),
  hint: z.string().optional(),
  file: z.string().optional(),
  row: Positive.optional(),
  column: z.string().optional(),
});
export type FailureDetail = z.infer<typeof FailureDetailSchema>;

/** What `--json` prints where a command fails. */
export const FailureReportSchema = z.strictObject({
  error: FailureDetailSchema.required({ hint: true }),
});
export type FailureReport = z.infer<typeof FailureReportSchema>;
