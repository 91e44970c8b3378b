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
  /** Begins to build the Python environment anew, unless that goes on; the old one serves again where it fails. */
  rebuild: oc.output(z.strictObject({ running: z.boolean() })),
  /** How the rebuild goes that goes on, or went last, from its begin; begins none. */
  watchRebuild: oc.output(eventIterator(RebuildEventSchema)),
  /** Whether one goes on, for who comes back to the screen. */
  rebuilding: oc.output(z.strictObject({ running: z.boolean() })),
};
