import type { CompareRequest, ComputeRequest } from "../../../shared/schema/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";

type NamedFile = CompareRequest["baseline"];

/** A results file, and where corrections of it may lie. */
export function filesBehind({ file, corrections }: NamedFile): string[] {
  if (corrections === null) return [file];
  const { own, others, testSet, frozenLabels } = corrections;
  return [file, own, ...others, testSet, frozenLabels];
}

/** Every file that a request has read. */
function filesOf(request: ComputeRequest): string[] {
  switch (request.kind) {
    case "lint":
      return [...request.files, ...request.against];
    case "stats":
    case "index":
    case "duplicates":
      return [request.file];
    case "diff":
      return [request.before, request.after];
    case "compare":
    case "align":
      return [...filesBehind(request.baseline), ...filesBehind(request.candidate)];
    case "check":
      return [request.dataset, ...(request.testSet === null ? [] : [request.testSet])];
    case "figures":
      return filesBehind(request);
    case "summarise":
      return filesBehind(request.of);
  }
}

/** Returns the files that decide how long a request takes; corrections are small and may be absent. */
export function mainFiles(request: ComputeRequest): string[] {
  switch (request.kind) {
    case "compare":
    case "align":
      return [request.baseline.file, request.candidate.file];
    case "figures":
      return [request.file];
    case "summarise":
      return [request.of.file];
    default:
      return filesOf(request);
  }
}

/**
 * The worker reads by a file layer of its own, which knows no guard: what the caller may not reach is refused before
 * it is asked. @throws Failure as the caller's layer does; that a file is absent is for the reader to say
 */
export async function refuseUnreachable(files: FileLayer, request: ComputeRequest): Promise<void> {
  for (const file of filesOf(request)) await files.exists(file);
}
