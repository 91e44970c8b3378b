import { oc } from "@orpc/contract";
import { z } from "zod";
import {
  BrowsedFolderSchema,
  HostInfoSchema,
  KnownWorkspaceSchema,
  NewWorkspaceSchema,
  PickPurposeSchema,
  WorkspaceIdSchema,
} from "../schema/host.ts";
import { PathSchema } from "../schema/place.ts";

const OpenedSchema = z.strictObject({ id: WorkspaceIdSchema });

/** The program around the open workspace: which workspaces there are, and how a file or folder is chosen. */
export const hostContract = {
  info: oc.output(HostInfoSchema),
  /** Workspaces opened here before, last used first. */
  workspaces: oc.output(z.array(KnownWorkspaceSchema)),
  openWorkspace: oc.input(z.strictObject({ folder: PathSchema })).output(OpenedSchema),
  createWorkspace: oc.input(NewWorkspaceSchema).output(OpenedSchema),
  /** A native dialog; null: the person backed out. */
  pick: oc
    .input(z.strictObject({ purpose: PickPurposeSchema }))
    .output(z.strictObject({ path: z.string().nullable() })),
  /** One folder's entries; null: where browsing begins. */
  browse: oc
    .input(z.strictObject({ folder: PathSchema.nullable().default(null), purpose: PickPurposeSchema }))
    .output(BrowsedFolderSchema),
};
