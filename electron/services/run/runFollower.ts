import type { JournalEntry, Run } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { JournalReader } from "./journal.ts";
import { RunFacts } from "./runFacts.ts";
import { isFinal, isOwned, type RunRecord, readRecord, runFiles, runOf } from "./runStore.ts";

/** How often a run that says nothing is asked whether its owner still lives, in milliseconds. */
const ownerLookMs = 1000;

/** Follows one run's folder: its record is read once, and of its journal only what is new. */
export class RunFollower {
  readonly #files: FileLayer;
  readonly #folder: string;
  readonly #journal: JournalReader;
  #record: RunRecord | null = null;
  #facts = new RunFacts();
  #owned = true;
  #ownerLooked = Number.NEGATIVE_INFINITY;

  constructor(files: FileLayer, folder: string) {
    this.#files = files;
    this.#folder = folder;
    this.#journal = new JournalReader(files, runFiles(folder).journal);
  }

  /**
   * What is new since the last look, some of it where it is much: then `atEnd` is false. The run is as those entries
   * leave it; where nobody writes it any more and it has not ended, it is interrupted.
   * `anew` asks after the owner even where it was asked a moment ago.
   */
  async look(anew = false): Promise<{ run: Run; entries: JournalEntry[]; atEnd: boolean }> {
    this.#record ??= await readRecord(this.#files, this.#folder);
    const more = await this.#read();
    if (!more.atEnd || isFinal(this.#facts.written)) return { run: this.#run(this.#record, true), ...more };
    await this.#lookAtOwner(anew);
    if (this.#owned) return { run: this.#run(this.#record, true), ...more };
    // The owner may have written the end and left between the two looks.
    const last = await this.#read();
    return {
      run: this.#run(this.#record, !last.atEnd),
      entries: [...more.entries, ...last.entries],
      atEnd: last.atEnd,
    };
  }

  /** The run as it is at this moment. */
  async now(): Promise<Run> {
    for (;;) {
      const { run, atEnd } = await this.look(true);
      if (atEnd) return run;
    }
  }

  async #read(): Promise<{ entries: JournalEntry[]; atEnd: boolean }> {
    const { entries, atEnd, restarted } = await this.#journal.more();
    if (restarted) this.#facts = new RunFacts();
    for (const entry of entries) this.#facts.take(entry);
    return { entries, atEnd };
  }

  async #lookAtOwner(anew: boolean): Promise<void> {
    const now = performance.now();
    if (!anew && now - this.#ownerLooked < ownerLookMs) return;
    this.#ownerLooked = now;
    this.#owned = await isOwned(this.#files, this.#folder);
  }

  #run(record: RunRecord, owned: boolean): Run {
    return runOf(record, this.#folder, this.#facts, owned);
  }
}
