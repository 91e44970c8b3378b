/** A cell of more UTF-16 units than this is an error: no description is so long, and nothing can be done with it. */
export const CELL_BOUND = 1024 * 1024;

/** A file above this size is not held in memory as a whole (JavaScript's longest string is 512 Mi units). In bytes. */
export const WHOLE_FILE_BOUND = 256 * 1024 * 1024;

/**
 * While a large file is streamed, a cell is cut after this many bytes. A unit takes at most four (a doubled
 * quote in UTF-16), so what is kept of a cut cell is always above `CELL_BOUND` and is reported.
 */
export const KEPT_CELL_BYTES = 4 * CELL_BOUND + 16;

/** While a large file is streamed, more than this is kept of no record. In bytes. */
export const KEPT_RECORD_BYTES = 64 * 1024 * 1024;
