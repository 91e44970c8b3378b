import { z } from "zod";
import { Count } from "./numbers.ts";
import { PathSchema, WorkspaceNameSchema } from "./place.ts";

/** The id of an open workspace in URLs and connections: the first 12 hex digits of sha256 over its folder. */
export const WorkspaceIdSchema = z.string().regex(/^[0-9a-f]{12}$/, "a workspace's id is 12 hex digits");

/** A workspace that was opened here before. */
export const KnownWorkspaceSchema = z.strictObject({
  id: WorkspaceIdSchema,
  name: z.string(),
  folder: z.string(),
  openedAt: z.string(),
  /** Its folder holds no namewright.json any more. */
  gone: z.boolean(),
});
export type KnownWorkspace = z.infer<typeof KnownWorkspaceSchema>;

/** What the renderer must know of the program that serves it. */
export const HostInfoSchema = z.strictObject({
  host: z.enum(["desktop", "browser"]),
  version: z.string(),
  platform: z.string(),
  /** The workspace this connection is bound to. */
  workspaceId: WorkspaceIdSchema,
  /** Whether the host has dialogs of the system's own; else the renderer browses folders itself. */
  nativeDialogs: z.boolean(),
  /** Folders that may be browsed. */
  roots: z.array(z.string()),
});
export type HostInfo = z.infer<typeof HostInfoSchema>;

/** What a dialog is for. */
export const PickPurposeSchema = z.enum(["csv", "workspace", "model-folder", "gguf"]);
export type PickPurpose = z.infer<typeof PickPurposeSchema>;

/** One folder of the server, for the picker that replaces a native dialog. */
export const BrowsedFolderSchema = z.strictObject({
  folder: z.string(),
  /** Null at the top of what may be browsed. */
  parent: z.string().nullable(),
  folders: z.array(z.strictObject({ name: z.string(), path: z.string(), workspace: z.boolean() })),
  files: z.array(z.strictObject({ name: z.string(), path: z.string(), bytes: z.number() })),
  /** How many more entries there are than are listed. */
  unlisted: Count,
});
export type BrowsedFolder = z.infer<typeof BrowsedFolderSchema>;

/** A new workspace: `sample` copies the finished sample whole, `dataset` its first dataset and test set only. */
export const NewWorkspaceSchema = z.strictObject({
  folder: PathSchema,
  name: WorkspaceNameSchema.optional(),
  from: z.enum(["empty", "dataset", "sample"]),
});
export type NewWorkspace = z.infer<typeof NewWorkspaceSchema>;
