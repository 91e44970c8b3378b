import { Failure } from "../../../shared/domain/failure.ts";
import { type Provenance, ProvenanceSchema } from "../../../shared/schema/dataset.ts";
import { provenanceFile } from "../dataset/versions.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { Workspace } from "../workspace/workspace.ts";

interface DatasetPlace {
  readonly files: FileLayer;
  readonly workspace: Workspace;
}

/**
 * Returns the topics that a dataset was written without: those of the newest rows whose run recorded them, in the
 * dataset or in one that it extends.
 * @throws Failure `bad-value` for an unreadable record
 */
export async function rememberedTopics(place: DatasetPlace, version: string): Promise<string[]> {
  for (let number = Number(version.slice(1)); number > 0; number -= 1) {
    const first = await firstRecord(place, `v${number}`);
    if (first?.omit !== undefined) return first.omit;
    // Only a dataset that extends the one before it starts its records after row 1.
    if (first === null || first.row === 1) return [];
  }
  return [];
}

/** Reads the first line of a dataset's provenance. One run wrote all lines. Null: there is no provenance. */
async function firstRecord({ files, workspace }: DatasetPlace, version: string): Promise<Provenance | null> {
  const file = provenanceFile(workspace.paths.dataset(version));
  if (!(await files.exists(file))) return null;
  const [line = ""] = (await files.readText(file)).split("\n", 1);
  try {
    return ProvenanceSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new Failure("bad-value", `${file}, line 1: not a record of where a row came from`, {
      file,
      hint: "Restore the file, or name the topics with --omit (none: no topics). Nothing was written.",
      cause,
    });
  }
}
