/** The lanes on a CPU, and the fewest on a GPU. More don't make a CPU faster, and each takes memory. */
const fewest = 4;
/** A step of this many lanes still costs a GPU about as much as a step of one. */
const most = 32;
/** The share of the memory beside the weights that keys and values may take. The rest is for other programs. */
const share = 0.5;

export interface LaneMemory {
  /** Total memory of the GPU in bytes, or null without one. */
  readonly gpuBytes: number | null;
  readonly modelBytes: number;
  /** Keys and values of one lane in bytes, or null if unknown. */
  readonly laneBytes: number | null;
  /** Contexts that are kept at once, each with all lanes. */
  readonly contexts: number;
}

/**
 * Returns how many rows are evaluated together: a power of two from 4 to 32. It depends on the total memory instead of the
 * memory that is free right now, because another count changes the last bits of every logit. Two evaluations on one
 * machine stay comparable, and an interrupted one can be resumed.
 */
export function laneCount({ gpuBytes, modelBytes, laneBytes, contexts }: LaneMemory): number {
  if (gpuBytes === null || laneBytes === null) return fewest;
  const room = share * (gpuBytes - modelBytes);
  let lanes = fewest;
  while (lanes < most && 2 * lanes * laneBytes * contexts <= room) lanes *= 2;
  return lanes;
}
