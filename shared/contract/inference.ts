import { oc } from "@orpc/contract";
import { SuggestReportSchema, SuggestRequestSchema } from "../schema/suggest.ts";

export const inferenceContract = {
  suggest: oc.input(SuggestRequestSchema).output(SuggestReportSchema),
};
