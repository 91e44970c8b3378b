import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../../services/files/fileLayer.ts";
import type { KnownWorkspaces } from "../../services/host/knownWorkspaces.ts";
import { copySample } from "../../services/host/sampleCopy.ts";
import { configFile } from "../../services/workspace/workspace.ts";

/**
 * Returns the workspace to show first: the named one, otherwise the last used one, otherwise an editable copy of the
 * finished sample in `sampleCopy`. Throws `Failure` if the named folder isn't a workspace.
 */
export async function firstWorkspace({
  files,
  known,
  named,
  sample,
  sampleCopy,
}: {
  files: FileLayer;
  known: KnownWorkspaces;
  named: string | null;
  sample: string;
  sampleCopy: string;
}): Promise<string> {
  const isWorkspace = (folder: string) => files.exists(path.join(folder, configFile));
  if (named !== null) {
    if (await isWorkspace(named)) return named;
    throw new Failure("missing", `${named} isn't a workspace: it has no ${configFile}`, {
      hint: "Create a workspace there first, or start without --workspace.",
    });
  }
  const last = (await known.list()).find(({ gone }) => !gone);
  if (last !== undefined) return last.folder;
  for (const folder of placesFor(sampleCopy)) {
    if (await isWorkspace(folder)) return folder;
    try {
      return await copySample(files, sample, folder);
    } catch (error) {
      // The folder contains files of the user, which stay untouched.
      if (!(error instanceof Failure) || error.code !== "bad-value") throw error;
    }
  }
  throw new Failure("bad-value", `${sampleCopy} and its numbered alternatives contain other files`, {
    hint: "Start with --workspace FOLDER.",
  });
}

/** Returns the preferred folder, then "Namewright 2" and so on. */
function placesFor(folder: string): string[] {
  return [folder, ...Array.from({ length: 8 }, (_, at) => `${folder} ${at + 2}`)];
}
