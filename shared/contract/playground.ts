import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import {
  PlaygroundEventSchema,
  PlaygroundRequestSchema,
  PlaygroundVersionSchema,
  SuggestReportSchema,
  SuggestRequestSchema,
} from "../schema/suggest.ts";

export const playgroundContract = {
  suggest: oc.input(SuggestRequestSchema).output(SuggestReportSchema),
  /** The base and every adapter of the workspace, in order. */
  versions: oc.output(z.strictObject({ versions: z.array(PlaygroundVersionSchema) })),
  /** One description through several versions, as it is made. Generation stops when the last listener disconnects. */
  stream: oc.input(PlaygroundRequestSchema).output(eventIterator(PlaygroundEventSchema)),
};
