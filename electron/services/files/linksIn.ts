import { Failure } from "../../../shared/domain/failure.ts";
import type { FileLayer } from "./fileLayer.ts";

/** Throws Failure `bad-value` where a run's folder is a symbolic link, or holds one at any depth. */
export async function assertNoLinks(files: FileLayer, folder: string): Promise<void> {
  const link = await files.linkIn(folder);
  if (link === null) return;
  throw new Failure(
    "bad-value",
    `${link} is a symbolic link. A run uses only real files inside its folder.`,
    {
      hint: "Nothing was changed. Delete the link, or remove the run and start it again.",
      file: link,
    },
  );
}
