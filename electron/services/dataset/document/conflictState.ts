/** The file on disk isn't the one that the edits apply to; `gone` means that it no longer exists. */
export interface Conflict {
  readonly gone: boolean;
}
