// @vitest-environment happy-dom
import { act, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Run, RunPage } from "../../shared/schema/run.ts";
import { createFeed, runHook } from "../testing/screen.tsx";
import { useRuns } from "./runs.ts";
import { useRunPages } from "./useRunPages.ts";

const list = (status: Run["status"], lastSeq: number) =>
  act(() => useRuns.setState({ runs: [{ id: "a", status, lastSeq } as Run] }));
const page = (lastSeq: number) =>
  ({ run: { id: "a", lastSeq }, entries: [{ seq: lastSeq }] }) as unknown as RunPage;

function follow() {
  const feeds: ReturnType<typeof createFeed<RunPage>>[] = [];
  const asked: number[] = [];
  const pages: number[] = [];
  const { result } = runHook(() => useRunPages("a", ({ run }) => void pages.push(run.lastSeq)), {
    host: {
      "run.watch": ({ from }: { from: number }, signal: AbortSignal) => {
        asked.push(from);
        const feed = createFeed<RunPage>();
        feeds.push(feed);
        return feed.values(signal);
      },
    },
  });
  return { result, feeds, asked, pages };
}

describe("useRunPages", () => {
  it("continues after the last page of a resumed run when the list of runs has missed its end", async () => {
    list("running", 3);
    const { result, feeds, asked, pages } = follow();
    await act(async () => feeds[0]?.say(page(4)));
    await act(async () => feeds[0]?.end());
    await waitFor(() => expect(result.current.kind).toBe("over"));
    list("running", 5);
    await waitFor(() => expect(asked).toEqual([0, 4]));
    await act(async () => feeds[1]?.say(page(6)));
    await waitFor(() => expect(pages).toEqual([4, 6]));
  });

  it("requests nothing again when the run has ended", async () => {
    list("running", 3);
    const { result, feeds, asked } = follow();
    await act(async () => feeds[0]?.say(page(4)));
    await act(async () => feeds[0]?.end());
    await waitFor(() => expect(result.current.kind).toBe("over"));
    list("succeeded", 4);
    expect(asked).toEqual([0]);
  });
});
