/** The file is not the one that the edits lie over; `gone`: nothing is in its place. */
export interface Conflict {
  readonly gone: boolean;
}
