import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import {
  DevicesSchema,
  DoctorReportSchema,
  DoctorRequestSchema,
  RebuildEventSchema,
} from "../schema/environment.ts";

/** What this machine has, what is missing, and what to do. */
export const environmentContract = {
  doctor: oc.input(DoctorRequestSchema).output(DoctorReportSchema),
  devices: oc.output(DevicesSchema),
  /** Builds the Python environment anew; the one that is there serves again where that fails. */
  rebuild: oc.output(eventIterator(RebuildEventSchema)),
  /** Whether one goes on, for who comes back to the screen. */
  rebuilding: oc.output(z.strictObject({ running: z.boolean() })),
};
