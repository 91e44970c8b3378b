import { Failure } from "../../../../shared/domain/failure.ts";
import { assertWritable, type Workspace } from "../../workspace/workspace.ts";

/** Throws: a document that this process does not edit, and why. */
export function refuseElsewhere(workspace: Workspace, file: string, why: string): never {
  assertWritable(workspace);
  throw new Failure("missing", why, { hint: "Nothing was changed.", file });
}

/** Throws Failure `conflict` where a command was made for another revision than there is. */
export function refuseStale(file: string, baseRevision: number, revision: number): void {
  if (baseRevision === revision) return;
  throw new Failure("conflict", "somebody else has changed the rows meanwhile", {
    hint: "Look at them as they are now and do it again; nothing was changed.",
    file,
  });
}
