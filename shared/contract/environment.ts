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
  /** Starts to rebuild the Python environment unless a rebuild is running. If it fails, the old one is restored. */
  rebuild: oc.output(z.strictObject({ running: z.boolean() })),
  /** Progress of the running or the last rebuild, from its start. Starts none. */
  watchRebuild: oc.output(eventIterator(RebuildEventSchema)),
  /** Whether a rebuild is running, for a screen that is reopened. */
  rebuilding: oc.output(z.strictObject({ running: z.boolean() })),
};
