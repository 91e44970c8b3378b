// @vitest-environment happy-dom
import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { DocumentCommand, DocumentState, OpenedDocument } from "../../../../shared/schema/document.ts";
import { createFeed, runHook } from "../../../testing/screen.tsx";
import { useDocument } from "./useDocument.ts";

const state = (revision: number, loads = 1) => ({ revision, loads, total: 1 }) as unknown as DocumentState;
const undo: DocumentCommand = { kind: "undo" };
const redo: DocumentCommand = { kind: "redo" };

interface Edit {
  readonly baseRevision: number;
  readonly command: DocumentCommand;
  succeed(revision: number): void;
  fail(failure: Failure): void;
}

/** A document of revision 1 on a host that answers edits when the test tells it to. */
async function openDocument() {
  const feed = createFeed<DocumentState>();
  const edits: Edit[] = [];
  let opened = 0;
  const hook = runHook(() => useDocument("dataset_v1.csv"), {
    host: {
      "dataset.document.open": () => {
        opened += 1;
        return { header: ["description"], state: state(opened === 1 ? 1 : 8) } as unknown as OpenedDocument;
      },
      "dataset.document.watch": (_input: never, signal: AbortSignal) => feed.values(signal),
      "dataset.document.edit": ({ baseRevision, command }: Edit) =>
        new Promise((resolve, reject) => {
          edits.push({
            baseRevision,
            command,
            succeed: (revision) => resolve({ state: state(revision), touched: [], rows: 0, cells: 0 }),
            fail: reject,
          });
        }),
      "dataset.document.save": ({ baseRevision }: Edit) => state(baseRevision + 1),
      "dataset.list": () => [],
    },
  });
  await waitFor(() => expect(hook.result.current.kind).toBe("open"));
  const document = () => {
    if (hook.result.current.kind !== "open") throw new Error("the document is not open");
    return hook.result.current.document;
  };
  return { document, edits, feed, opened: () => opened, result: hook.result };
}

describe("useDocument", () => {
  it("sends edits in order, each with the revision of the previous one", async () => {
    const { document, edits } = await openDocument();
    let both: Promise<unknown> = Promise.resolve();
    act(() => {
      const { edit } = document();
      both = Promise.all([edit(undo), edit(redo)]);
    });
    await waitFor(() => expect(edits).toHaveLength(1));
    expect(edits[0]).toMatchObject({ baseRevision: 1, command: undo });
    await act(async () => edits[0]?.succeed(5));
    await waitFor(() => expect(edits).toHaveLength(2));
    expect(edits[1]).toMatchObject({ baseRevision: 5, command: redo });
    await act(async () => edits[1]?.succeed(6));
    await both;
    expect(document().state.revision).toBe(6);
  });

  it("saves after the pending edits, with the revision of the last one", async () => {
    const { document, edits } = await openDocument();
    let saved: Promise<unknown> = Promise.resolve();
    act(() => {
      const { edit, save } = document();
      void edit(undo);
      saved = save();
    });
    await waitFor(() => expect(edits).toHaveLength(1));
    await act(async () => edits[0]?.succeed(5));
    await act(() => saved);
    expect(document().state.revision).toBe(6);
  });

  it("reports a failed edit and still sends the next one", async () => {
    const { document, edits } = await openDocument();
    let first: Promise<unknown> = Promise.resolve();
    act(() => {
      const { edit } = document();
      first = edit(undo);
      first.catch(() => {});
      void edit(redo);
    });
    await waitFor(() => expect(edits).toHaveLength(1));
    await act(async () => edits[0]?.fail(new Failure("bad-value", "row 3 is gone")));
    await expect(first).rejects.toMatchObject({ message: "row 3 is gone" });
    expect((await screen.findByRole("alert")).textContent).toContain("Row 3 is gone");
    await waitFor(() => expect(edits[1]).toMatchObject({ baseRevision: 1, command: redo }));
  });

  it("reopens the document after a conflict and sends the next edit with the current revision", async () => {
    const { document, edits, opened } = await openDocument();
    act(
      () =>
        void document()
          .edit(undo)
          .catch(() => {}),
    );
    await waitFor(() => expect(edits).toHaveLength(1));
    await act(async () => edits[0]?.fail(new Failure("conflict", "the document changed")));
    await waitFor(() => expect(document().state.revision).toBe(8));
    expect(opened()).toBe(2);
    act(() => void document().edit(redo));
    await waitFor(() => expect(edits[1]).toMatchObject({ baseRevision: 8 }));
  });

  it("follows changes from another window", async () => {
    const { document, feed } = await openDocument();
    await act(async () => feed.say(state(3)));
    await waitFor(() => expect(document().state.revision).toBe(3));
  });

  it("reports why the document cannot be opened, and can retry", async () => {
    let there = false;
    const { result } = runHook(() => useDocument("gone.csv"), {
      host: {
        "dataset.document.open": () => {
          if (!there) throw new Failure("missing", "gone.csv not found");
          return { state: state(1) };
        },
        "dataset.document.watch": (_input: never, signal: AbortSignal) =>
          createFeed<DocumentState>().values(signal),
      },
    });
    await waitFor(() => expect(result.current.kind).toBe("failed"));
    there = true;
    act(() => result.current.kind === "failed" && result.current.retry());
    await waitFor(() => expect(result.current.kind).toBe("open"));
  });
});
