import type { ComputeRequest, NamedFile } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";

/** Returns a results file, or those of a version's seeds, and the files that may correct them. */
export function filesBehind({ file, corrections, members }: NamedFile): string[] {
  if (members !== undefined) return members.flatMap(filesBehind);
  if (corrections === null) return [file];
  const { own, others, testSet, frozenLabels } = corrections;
  return [file, own, ...others, testSet, frozenLabels];
}

/** Returns every file that a request reads. */
function filesOf(request: ComputeRequest): string[] {
  switch (request.kind) {
    case "lint":
      return [...request.files, ...request.against];
    case "stats":
    case "diversity":
    case "index":
    case "duplicates":
    case "test-set":
      return [request.file];
    case "diff":
      return [request.before, request.after];
    case "compare":
    case "look":
    case "align":
    case "discordance":
      return [...filesBehind(request.baseline), ...filesBehind(request.candidate)];
    case "study":
      return request.files === null ? [] : [request.files.baseline.file, request.files.candidate.file];
    case "check":
      return [request.dataset, ...(request.testSet === null ? [] : [request.testSet])];
    case "figures":
      return filesBehind(request);
    case "summarise":
    case "operating":
      return filesBehind(request.of);
    case "rotation": {
      const { testSet, source, against } = request;
      return [testSet, ...(source === null ? [] : [source]), ...against];
    }
  }
}

/** Returns a version's results files, one for each seed. */
export function resultsFilesOf({ file, members }: NamedFile): string[] {
  return members?.map((member) => member.file) ?? [file];
}

/** Returns the files that decide how long a request takes; corrections are small and may be absent. */
export function mainFiles(request: ComputeRequest): string[] {
  switch (request.kind) {
    case "compare":
    case "look":
    case "align":
    case "discordance":
      return [...resultsFilesOf(request.baseline), ...resultsFilesOf(request.candidate)];
    case "figures":
      return [request.file];
    case "summarise":
    case "operating":
      return [request.of.file];
    default:
      return filesOf(request);
  }
}

/**
 * Throws `Failure` for files that the caller may not read. The worker's own file layer isn't guarded, so this check
 * comes first. Absent files are left to the reader.
 */
export async function refuseUnreachable(files: FileLayer, request: ComputeRequest): Promise<void> {
  for (const file of filesOf(request)) await files.exists(file);
}
