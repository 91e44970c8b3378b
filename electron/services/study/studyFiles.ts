import { rereadStudy } from "../../../shared/domain/study/rereadStudy.ts";
import { storedStudy } from "../../../shared/domain/study/storedStudy.ts";
import type { StudyComputeRequest } from "../../../shared/schema/compute.ts";
import type { StudyReading } from "../../../shared/schema/study.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { readNamed } from "../results/correctedResults.ts";

/** Re-reads the study in this process, from two files or from the stored figures. */
export async function rereadHere(
  files: FileLayer,
  { files: two }: StudyComputeRequest,
): Promise<StudyReading> {
  if (two === null) return rereadStudy(storedStudy(), "stored");
  const baseline = await readNamed(files, two.baseline);
  return rereadStudy({ baseline, candidate: await readNamed(files, two.candidate) }, "files");
}
