import { oc } from "@orpc/contract";
import { StudyReadingSchema, StudyRequestSchema } from "../schema/study.ts";

export const studyContract = {
  /** Reads the published study again, from its two results files or from the stored figures. */
  read: oc.input(StudyRequestSchema).output(StudyReadingSchema),
};
