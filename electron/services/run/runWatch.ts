import { setTimeout as wait } from "node:timers/promises";
import type { JournalEntry, RunChanges, RunPage } from "../../../shared/schema/run.ts";
import type { RunFollower } from "./runFollower.ts";
import { changesBetween, type RunListCache } from "./runListCache.ts";

/** How often a reader checks for new journal entries, in milliseconds. */
const pollMs = 150;
/** Minimum time between two pages, in milliseconds: at most ten a second. */
const pageMs = 100;
/** Maximum entries per page. */
const pageEntries = 500;
/** Minimum time between two reports of changed runs, in milliseconds. */
const changesMs = 1000;

export interface WatchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Waits until the reader has received most of what was sent. */
  readonly drain?: (() => Promise<void>) | undefined;
}

/** Waits for a time in milliseconds or until the signal. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return wait(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}

/**
 * Yields the entries after `fromSeq` in pages as they are written, until the run ends or has no owner. The first page
 * comes at once, even if empty, and so does one for each change of status.
 */
export async function* watchPages(
  follower: RunFollower,
  fromSeq: number,
  { signal, drain }: WatchOptions,
): AsyncGenerator<RunPage> {
  const isOver = () => signal?.aborted === true;
  let status = "";
  while (!isOver()) {
    const { run, entries, atEnd, owned } = await follower.poll();
    const fresh = entries.filter(({ seq }) => seq > fromSeq);
    const ended = atEnd && !owned;
    for (const page of pagesOf(fresh, run.status !== status && atEnd)) {
      status = run.status;
      yield { run, entries: page };
      await drain?.();
      if (isOver()) return;
      if (!ended || page !== fresh) await pause(pageMs, signal);
    }
    if (ended) return;
    if (atEnd) await pause(pollMs, signal);
  }
}

/** Cuts entries into pages. `evenEmpty` makes one empty page when there are no entries. */
function pagesOf(entries: JournalEntry[], evenEmpty: boolean): JournalEntry[][] {
  if (entries.length === 0) return evenEmpty ? [entries] : [];
  if (entries.length <= pageEntries) return [entries];
  const pages: JournalEntry[][] = [];
  for (let at = 0; at < entries.length; at += pageEntries) pages.push(entries.slice(at, at + pageEntries));
  return pages;
}

/** Yields every run first, then changes, at most once a second, until the signal. */
export async function* watchChanges(
  listing: RunListCache,
  { signal, drain }: WatchOptions,
): AsyncGenerator<RunChanges> {
  const isOver = () => signal?.aborted === true;
  let before = await listing.list();
  yield { whole: true, runs: before.runs, removed: [], unreadable: before.unreadable };
  while (!isOver()) {
    await drain?.();
    await pause(changesMs, signal);
    if (isOver()) return;
    const after = await listing.list();
    const changes = changesBetween(before, after);
    before = after;
    if (changes !== null) yield changes;
  }
}
