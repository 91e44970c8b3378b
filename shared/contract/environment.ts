import { oc } from "@orpc/contract";
import { DoctorReportSchema, DoctorRequestSchema } from "../schema/environment.ts";

/** What this machine has, what is missing, and what to do. */
export const environmentContract = {
  doctor: oc.input(DoctorRequestSchema).output(DoctorReportSchema),
};
