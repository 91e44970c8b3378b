// @vitest-environment happy-dom
import { act, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { LiveRow, LiveRows } from "../../../../shared/schema/evaluationRows.ts";
import type { Run } from "../../../../shared/schema/run.ts";
import { createFeed, runHook } from "../../../testing/screen.tsx";
import { shownRows, useLiveRows } from "./useLiveRows.ts";

const row = (number: number, state: LiveRow["state"] = "waiting"): LiveRow => ({
  row: number,
  sample: 0,
  description: `row ${number}`,
  label: null,
  slice: null,
  outcome: "answered",
  names: [],
  state,
  score: null,
  unscored: null,
  latencyMs: 1,
});
const update = (rows: LiveRow[], settled = 0) =>
  ({ seq: 1, run: { id: "a", lastSeq: 4 }, rows, generated: rows.length, settled }) as unknown as LiveRows;
const listed = (status: Run["status"], lastSeq: number) => ({ status, lastSeq }) as Run;

function follow() {
  const feeds = new Map<string, ReturnType<typeof createFeed<LiveRows>>>();
  const asked: string[] = [];
  const hook = runHook(({ run, at }: { run: string; at: Run | null }) => useLiveRows(run, at), {
    initialProps: { run: "a", at: listed("running", 3) as Run | null },
    host: {
      "evaluation.watchRows": ({ run }: { run: string }, signal: AbortSignal) => {
        asked.push(run);
        const feed = createFeed<LiveRows>();
        feeds.set(run, feed);
        return feed.values(signal);
      },
    },
  });
  const say = (run: string, live: LiveRows) => act(async () => feeds.get(run)?.say(live));
  return { ...hook, feeds, asked, say };
}
const rowsOf = ({ current }: { current: ReturnType<typeof useLiveRows> }) =>
  current.rows.map(({ row: number, state }) => `${number} ${state}`);

describe("useLiveRows", () => {
  it("has no rows before the first update of the run", () => {
    const { result } = follow();
    expect(result.current).toMatchObject({ latest: null, rows: [], state: { kind: "open" } });
  });

  it("lists each row once in its latest state, most recently changed first", async () => {
    const { result, say } = follow();
    await say("a", update([row(1), row(2)]));
    await say("a", update([row(1, "scored")], 1));
    await waitFor(() => expect(rowsOf(result)).toEqual(["1 scored", "2 waiting"]));
    expect(result.current.latest).toMatchObject({ settled: 1 });
  });

  it("keeps only the newest rows up to the limit", async () => {
    const { result, say } = follow();
    await say("a", update(Array.from({ length: shownRows + 5 }, (_, index) => row(index + 1))));
    await waitFor(() => expect(result.current.rows).toHaveLength(shownRows));
    expect(result.current.rows[0]?.row).toBe(shownRows + 5);
    expect(result.current.rows.at(-1)?.row).toBe(6);
  });

  it("clears the rows when the run changes", async () => {
    const { result, say, rerender } = follow();
    await say("a", update([row(1)]));
    await waitFor(() => expect(result.current.rows).toHaveLength(1));
    rerender({ run: "b", at: null });
    expect(result.current.rows).toEqual([]);
    await say("b", update([row(7)]));
    await waitFor(() => expect(rowsOf(result)).toEqual(["7 waiting"]));
  });

  it("ends with the stream, and follows the run again after it is resumed", async () => {
    const { result, feeds, asked, rerender, say } = follow();
    await say("a", update([row(1)]));
    await act(async () => feeds.get("a")?.end());
    await waitFor(() => expect(result.current.state.kind).toBe("over"));
    rerender({ run: "a", at: listed("cancelled", 4) });
    expect(asked).toEqual(["a"]);
    rerender({ run: "a", at: listed("running", 5) });
    await waitFor(() => expect(asked).toEqual(["a", "a"]));
    expect(result.current.state.kind).toBe("open");
    expect(result.current.rows).toHaveLength(1);
  });

  it("follows a resumed run again when the list of runs has missed its end", async () => {
    const { result, feeds, asked, rerender, say } = follow();
    await say("a", update([row(1)]));
    await act(async () => feeds.get("a")?.end());
    await waitFor(() => expect(result.current.state.kind).toBe("over"));
    expect(asked).toEqual(["a"]);
    rerender({ run: "a", at: listed("running", 5) });
    await waitFor(() => expect(asked).toEqual(["a", "a"]));
    await say("a", update([row(2)]));
    await waitFor(() => expect(result.current.rows).toHaveLength(2));
  });
});
