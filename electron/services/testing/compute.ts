import { computeHere } from "../../workers/compute/computeHere.ts";
import { type Compute, createCompute } from "../compute/compute.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { WorkerPort } from "../platform.ts";

/** Computes like the services; without `launch`, everything in this process. */
export function testCompute(files: FileLayer, launch?: () => WorkerPort): Compute {
  return createCompute({ files, here: computeHere, launch });
}
