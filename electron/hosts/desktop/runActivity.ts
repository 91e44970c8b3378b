import type { RunNotice } from "../../services/platform.ts";

type NoticedRun = RunNotice["run"];

/** The activity of this process, derived from the notices of its runs. */
export class RunActivity {
  readonly #live = new Map<string, NoticedRun>();

  hear({ run, held }: RunNotice): void {
    if (held) this.#live.set(run.id, run);
    else this.#live.delete(run.id);
  }

  /** The runs that this process owns, oldest first. */
  get live(): readonly NoticedRun[] {
    return [...this.#live.values()];
  }

  /** Whether any run is working. A paused run waits for the user. */
  get working(): boolean {
    return this.live.some(({ status }) => status !== "paused");
  }

  /** The mean progress of the live runs, 0–1, or null without runs. A run without progress counts as 0. */
  get fraction(): number | null {
    const runs = this.live;
    if (runs.length === 0) return null;
    const parts = runs.map(({ progress }) =>
      progress === null || progress.total <= 0 ? 0 : Math.min(1, Math.max(0, progress.done / progress.total)),
    );
    return parts.reduce((sum, part) => sum + part, 0) / runs.length;
  }
}

/** Returns the notification for an ended run, or null if the user stopped it. */
export function wordsOfEnd({ title, status, reason }: NoticedRun): { title: string; body: string } | null {
  if (status === "succeeded") return { title: "Run finished", body: title };
  if (status === "failed")
    return { title: "Run failed", body: reason === null ? title : `${title}: ${reason}` };
  return null;
}
