import type { RunNotice } from "../../services/platform.ts";

type NoticedRun = RunNotice["run"];

/** What goes on in this process, from the notices of its runs. */
export class RunActivity {
  readonly #live = new Map<string, NoticedRun>();

  hear({ run, held }: RunNotice): void {
    if (held) this.#live.set(run.id, run);
    else this.#live.delete(run.id);
  }

  /** Runs that this process has in hand, oldest first. */
  get live(): readonly NoticedRun[] {
    return [...this.#live.values()];
  }

  /** Whether any of them does something now: one that is paused waits for a person. */
  get working(): boolean {
    return this.live.some(({ status }) => status !== "paused");
  }

  /** How far all of them are together, 0–1: the mean over the live runs, one without progress counting as 0; null where none goes. */
  get fraction(): number | null {
    const runs = this.live;
    if (runs.length === 0) return null;
    const parts = runs.map(({ progress }) =>
      progress === null || progress.total <= 0 ? 0 : Math.min(1, Math.max(0, progress.done / progress.total)),
    );
    return parts.reduce((sum, part) => sum + part, 0) / runs.length;
  }
}

/** What a person is told when a run has ended while they looked elsewhere; null: they stopped it themselves. */
export function wordsOfEnd({ title, status, reason }: NoticedRun): { title: string; body: string } | null {
  if (status === "succeeded") return { title: "A run has finished", body: title };
  if (status === "failed")
    return { title: "A run has failed", body: reason === null ? title : `${title}: ${reason}` };
  return null;
}
