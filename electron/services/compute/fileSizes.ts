import type { ComputeRequest } from "../../../shared/schema/compute.ts";

const kib = 1024;
const mib = 1024 * kib;

/** File sizes, in bytes, from which a file is handled differently. */
export const fileSizes = {
  /** Read part by part instead of as a whole. */
  streamedFrom: 16 * mib,
  /** Opened for editing through an index of its rows. */
  indexedFrom: mib,
  /** Rows are counted for the list of files. */
  countedUpTo: mib,
  /** Edits can be reapplied to a changed file row by row. */
  reappliedUpTo: 32 * mib,
  /** The edited version is copied so that edits survive a change on disk. */
  copiedUpTo: 64 * mib,
  /** A training plan checks row lengths with the tokenizer. */
  tokenizedUpTo: 256 * kib,
  /** A training plan hashes the base model. */
  hashedUpTo: 1e9,
} as const;

/**
 * The total size of a request's files, in bytes, from which a worker answers it: reading and computing more would hold
 * the event loop for longer than 50 ms. Pairing rows draws no samples, so it stays quick for longer.
 */
export const workerFrom: Readonly<Record<ComputeRequest["kind"], number>> = {
  lint: 64 * kib,
  stats: 64 * kib,
  diversity: 0,
  duplicates: 64 * kib,
  diff: 64 * kib,
  check: 64 * kib,
  figures: 64 * kib,
  summarise: 64 * kib,
  operating: 0,
  compare: 64 * kib,
  study: 64 * kib,
  look: 64 * kib,
  "test-set": 64 * kib,
  discordance: 64 * kib,
  rotation: 64 * kib,
  align: 4 * mib,
  index: 0,
};
