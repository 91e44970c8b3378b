import { z } from "zod";
import { ComparisonSchema, SideSchema } from "./comparison.ts";

/** `demo --json`: the final comparisons, the base model beside them, and where everything is. */
export const DemoReportSchema = z.strictObject({
  workspace: z.string(),
  /** The base that it trained on. */
  model: z.enum(["smollm2", "tiny"]),
  seconds: z.number(),
  stages: z.array(z.strictObject({ stage: z.string(), seconds: z.number() })),
  base: SideSchema,
  /** v1 and v2. */
  comparison: ComparisonSchema,
  /** The base under a good prompt, and v2. */
  prompted: ComparisonSchema,
  written: z.array(z.string()),
});
export type DemoReport = z.infer<typeof DemoReportSchema>;
