import { Failure } from "../../../shared/domain/failure.ts";
import type { JournalEntry, Run, RunKind } from "../../../shared/schema/run.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { RunNotice } from "../platform.ts";
import { perform } from "./attempt.ts";
import { JournalWriter, readJournal } from "./journal.ts";
import type { Pausing, RunKindDefinition } from "./runKind.ts";
import { RunNotices } from "./runNotices.ts";
import { type RunRecord, readRun, runFiles } from "./runStore.ts";

/** A kind without its types: the service only passes specs and results through their schemas. */
// biome-ignore lint/suspicious/noExplicitAny: a heterogeneous registry; each entry parses its own spec and result.
export type AnyKind = RunKindDefinition<any, any>;

export interface StartedRun {
  readonly run: Run;
  /** The run's result. Rejects with the Failure that ended it. */
  readonly result: Promise<unknown>;
}

/** The runs that this process owns. */
export class OwnedRuns {
  readonly #files: FileLayer;
  readonly #kinds: ReadonlyMap<RunKind, AnyKind>;
  readonly #now: () => Date;
  readonly #onRun: (notice: Omit<RunNotice, "workspace">) => void;
  readonly #running = new Map<string, { controller: AbortController; result: Promise<unknown> }>();

  constructor(options: {
    files: FileLayer;
    kinds: readonly AnyKind[];
    now: () => Date;
    onRun: (notice: Omit<RunNotice, "workspace">) => void;
  }) {
    this.#files = options.files;
    this.#kinds = new Map(options.kinds.map((kind) => [kind.kind, kind]));
    this.#now = options.now;
    this.#onRun = options.onRun;
  }

  kindOf(name: RunKind): AnyKind {
    const kind = this.#kinds.get(name);
    if (kind === undefined) throw new Error(`no run kind ${name} is registered`);
    return kind;
  }

  pausingOf(name: RunKind): Pausing {
    return this.kindOf(name).pausing ?? "never";
  }

  /** Returns the result of a run; undefined when this process doesn't own it. */
  resultOf(id: string): Promise<unknown> | undefined {
    return this.#running.get(id)?.result;
  }

  /** Makes this process the run's owner. Requires the workspace lock, so that two never own one run. */
  async own(record: RunRecord, folder: string): Promise<StartedRun> {
    const files = this.#files;
    const at = runFiles(folder);
    const kind = this.kindOf(record.kind);
    const journal = await readJournal(files, at.journal);
    await files.writeAtomic(at.owner, `${JSON.stringify(await files.identity(), null, 2)}\n`);
    const notices = new RunNotices(record, this.#onRun);
    const onEntry = (entry: JournalEntry) => notices.add(entry);
    const writer = new JournalWriter({ files, file: at.journal, journal, now: this.#now, onEntry });
    let run: Run;
    try {
      await writer.append({ kind: "status", status: "queued" });
      // Read before the body starts: a caller that gets a failure must not have a run in progress.
      run = (await readRun(files, folder)).run;
    } catch (error) {
      await files.remove(at.owner).catch(() => {});
      notices.release();
      throw error;
    }
    const controller = new AbortController();
    const result = perform({
      files,
      record,
      folder,
      writer,
      controller,
      journal,
      result: kind.result,
      pausing: this.pausingOf(record.kind),
      body: kind.body.bind(kind),
    }).finally(() => {
      this.#running.delete(record.id);
      notices.release();
    });
    // The caller may not await the result. The failure is in the journal and must not end the process.
    result.catch(() => {});
    this.#running.set(record.id, { controller, result });
    return { run, result };
  }

  /** Cancels every run and waits until they have stopped. */
  async stopAll(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { controller } of running)
      controller.abort(new Failure("cancelled", "the program is closing"));
    await Promise.allSettled(running.map(({ result }) => result));
  }
}
