import path from "node:path";
import { createFileLayer } from "../../../electron/services/files/fileLayer.ts";
import { JournalReader } from "../../../electron/services/run/journal.ts";
import type { JournalEntry } from "../../../shared/schema/run.ts";

/** The stages of the loop in which a process can be killed. */
export const stages = ["prepare", "train", "convert", "parity", "generate", "judge", "report"] as const;
export type Stage = (typeof stages)[number];

/** Returns the stage of a run from the names that it and the trainer report. */
const stageOfName: Readonly<Record<string, Stage>> = {
  lint: "prepare",
  base: "prepare",
  import: "prepare",
  "load-base": "prepare",
  encode: "prepare",
  train: "train",
  "save-adapter": "convert",
  "convert-adapter": "convert",
  "parity-reference": "parity",
  record: "parity",
  gate: "parity",
  promote: "report",
  generate: "generate",
  judge: "judge",
  report: "report",
};

/** Follows the progress of a run in its journal. */
export class RunProgress {
  readonly #reader: JournalReader;
  /** The number of the attempt, from 1. */
  attempt = 0;
  stage: Stage = "prepare";
  ended = false;

  constructor(folder: string) {
    this.#reader = new JournalReader(createFileLayer(), path.join(folder, "events.jsonl"));
  }

  async look(): Promise<void> {
    for (let atEnd = false; !atEnd; ) {
      const more = await this.#reader.more();
      for (const entry of more.entries) this.#take(entry);
      atEnd = more.atEnd;
    }
  }

  #take({ event }: JournalEntry): void {
    if (event.kind === "status") {
      // Only the start of an attempt has no reason.
      if (event.status === "queued" && event.reason === undefined) {
        this.attempt += 1;
        this.stage = "prepare";
      }
      this.ended = ["succeeded", "failed", "cancelled"].includes(event.status);
    }
    const name = event.kind === "trainer" ? event.event.stage : event.kind === "stage" ? event.stage : null;
    if (typeof name === "string") this.stage = stageOfName[name] ?? this.stage;
  }
}
