import { z } from "zod";

/** A name that the system accepts: not empty, of limited length, and without NUL. */
function systemName(what: string, longest: number) {
  return z
    .string()
    .min(1, `${what} can't be empty`)
    .max(longest, `${what} must have at most ${longest} characters`)
    .refine((text) => !text.includes("\0"), `${what} can't contain a NUL character`);
}

/** A file or folder as a caller names it. No system opens a longer path. */
export const PathSchema = systemName("a path", 4096);

/** A run by its folder's name. */
export const RunIdSchema = systemName("a run's ID", 100);

/** A dataset's file name. It leaves room for the names beside it, `.provenance.jsonl` and temporary ones. */
export const DatasetNameSchema = systemName("a dataset's name", 100);

/** What the user calls a workspace. */
export const WorkspaceNameSchema = systemName("a workspace's name", 200);
