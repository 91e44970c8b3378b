import { z } from "zod";
import { ComparisonSchema } from "./comparison.ts";

/** `demo --json`: the final comparisons, and where everything is. */
export const DemoReportSchema = z.strictObject({
  workspace: z.string(),
  /** The base that it trained on. */
  model: z.enum(["smollm2", "tiny"]),
  seconds: z.number(),
  stages: z.array(z.strictObject({ stage: z.string(), seconds: z.number() })),
  /** v1 and v2. */
  comparison: ComparisonSchema,
  /** The base under a good prompt, and v2. */
  prompted: ComparisonSchema,
  written: z.array(z.string()),
});
export type DemoReport = z.infer<typeof DemoReportSchema>;
