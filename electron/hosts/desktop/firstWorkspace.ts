import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "../../services/files/fileLayer.ts";
import type { KnownWorkspaces } from "../../services/host/knownWorkspaces.ts";
import { copySample } from "../../services/host/sampleCopy.ts";
import { configFile } from "../../services/workspace/workspace.ts";

/**
 * The workspace to show first: the one named, else the one used last, else a copy of the finished sample, which may
 * be changed. `sampleCopy` is where that copy goes.
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
    throw new Failure("missing", `${named} is no workspace: it holds no ${configFile}`, {
      hint: "Open it from the File menu after making it one, or start without --workspace.",
    });
  }
  const last = (await known.list()).find(({ gone }) => !gone);
  if (last !== undefined) return last.folder;
  for (const folder of placesFor(sampleCopy)) {
    if (await isWorkspace(folder)) return folder;
    try {
      return await copySample(files, sample, folder);
    } catch (error) {
      // Something of the person's lies there, and stays.
      if (!(error instanceof Failure) || error.code !== "bad-value") throw error;
    }
  }
  throw new Failure("bad-value", `${sampleCopy} holds other files, and so do the folders beside it`, {
    hint: "Start with --workspace FOLDER.",
  });
}

/** The folder that is wanted, then "Namewright 2" and so on. */
function placesFor(folder: string): string[] {
  return [folder, ...Array.from({ length: 8 }, (_, at) => `${folder} ${at + 2}`)];
}
