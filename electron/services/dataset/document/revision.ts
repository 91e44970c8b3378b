import { Failure } from "../../../../shared/domain/failure.ts";

/** Counts the changes of one document and notifies its viewers. */
export class Revision {
  readonly #listeners = new Set<() => void>();
  #number: number;
  /** The revision whose rows are still current because only a conflict started or ended since. */
  #beforeConflict: number | null = null;

  constructor(first: number) {
    this.#number = first;
  }

  get number(): number {
    return this.#number;
  }

  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  rowsChanged(): void {
    this.#beforeConflict = null;
    this.#advance();
  }

  conflictStarted(): void {
    this.#beforeConflict ??= this.#number;
    this.#advance();
  }

  /** The file changed again during a conflict, or the conflict ended. */
  conflictChanged(): void {
    this.#advance();
  }

  /** Throws `Failure` `conflict` when a command is based on rows that have changed. */
  refuseStale(file: string, baseRevision: number): void {
    if (baseRevision === this.#number || baseRevision === this.#beforeConflict) return;
    throw new Failure("conflict", "the rows were changed elsewhere", {
      hint: "Review the current rows and try again. Nothing was changed.",
      file,
    });
  }

  #advance(): void {
    this.#number += 1;
    for (const listener of this.#listeners) listener();
  }
}
