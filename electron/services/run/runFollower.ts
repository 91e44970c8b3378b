import type { JournalEntry, Run } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { JournalReader } from "./journal.ts";
import { RunFacts } from "./runFacts.ts";
import {
  isFinal,
  type Ownership,
  ownershipOf,
  type RunRecord,
  readRecord,
  runFiles,
  runOf,
} from "./runStore.ts";

/** How often the owner of a silent run is checked, in milliseconds. */
const ownerCheckMs = 1000;

/** The result of one poll of a run. */
interface RunPoll {
  readonly run: Run;
  readonly entries: JournalEntry[];
  readonly atEnd: boolean;
  readonly owned: boolean;
}

/** Follows one run's folder. Reads its record once and only new journal entries. */
export class RunFollower {
  readonly #files: FileLayer;
  readonly #folder: string;
  readonly #journal: JournalReader;
  #record: RunRecord | null = null;
  #facts = new RunFacts();
  #owner: Ownership = "living";
  #ownerCheckedAt = Number.NEGATIVE_INFINITY;

  constructor(files: FileLayer, folder: string) {
    this.#files = files;
    this.#folder = folder;
    this.#journal = new JournalReader(files, runFiles(folder).journal);
  }

  /**
   * Returns what is new since the last poll, or a part of it: then `atEnd` is false. The run is as those entries leave
   * it. A run without an owner (`owned` false) that hasn't ended is interrupted or paused.
   * `force` checks the owner even if it was checked a moment ago.
   */
  async poll(force = false): Promise<RunPoll> {
    this.#record ??= await readRecord(this.#files, this.#folder);
    const more = await this.#read();
    const { written } = this.#facts;
    if (!more.atEnd || isFinal(written)) {
      return { run: this.#run(this.#record, "living"), owned: !isFinal(written), ...more };
    }
    // The owner of a run that pauses at a checkpoint releases it a moment later.
    await this.#checkOwner(force || written === "paused");
    if (this.#owner === "living") return { run: this.#run(this.#record, "living"), owned: true, ...more };
    // The owner may have finished and exited between the two reads.
    const last = await this.#read();
    return {
      run: this.#run(this.#record, last.atEnd ? this.#owner : "living"),
      owned: !last.atEnd,
      entries: [...more.entries, ...last.entries],
      atEnd: last.atEnd,
    };
  }

  /** Returns the run's current state. */
  async now(): Promise<Run> {
    for (;;) {
      const { run, atEnd } = await this.poll(true);
      if (atEnd) return run;
    }
  }

  async #read(): Promise<{ entries: JournalEntry[]; atEnd: boolean }> {
    const { entries, atEnd, restarted } = await this.#journal.more();
    if (restarted) this.#facts = new RunFacts();
    for (const entry of entries) this.#facts.take(entry);
    return { entries, atEnd };
  }

  async #checkOwner(force: boolean): Promise<void> {
    const now = performance.now();
    if (!force && now - this.#ownerCheckedAt < ownerCheckMs) return;
    this.#ownerCheckedAt = now;
    this.#owner = await ownershipOf(this.#files, this.#folder);
  }

  #run(record: RunRecord, owner: Ownership): Run {
    return runOf(record, this.#folder, this.#facts, owner);
  }
}
