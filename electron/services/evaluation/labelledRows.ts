import type { z } from "zod";
import type { Label, TestRow } from "../../../shared/schema/dataset.ts";
import type { LabelSourceSchema } from "../../../shared/schema/result.ts";

/** A test row with the label that counts, and where it came from. */
export interface LabelledRow extends Omit<TestRow, "label"> {
  readonly label: Label | null;
  readonly labelSource: z.infer<typeof LabelSourceSchema> | null;
}
