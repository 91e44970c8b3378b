// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { Heldout } from "../../../../shared/schema/evaluationRows.ts";
import { draw, type Host } from "../../../testing/screen.tsx";
import { messages } from "../messages.ts";
import { useEvaluateUrl } from "../useEvaluateUrl.ts";
import { HeldoutChoice } from "./HeldoutChoice.tsx";

const { heldout: text } = messages;

function Choice({ heldout }: { heldout: Heldout | null }) {
  const url = useEvaluateUrl();
  return <HeldoutChoice url={url} version="v1" split="dev" heldout={heldout} />;
}
const closed: Heldout = { rows: 180, opened: false, looks: { used: 2, budget: 5 } };
const draws = (heldout: Heldout | null, host: Host = {}) =>
  draw(<Choice heldout={heldout} />, { host, at: "/w/one/evaluate?view=rows&page=3" });
const choose = () => fireEvent.click(screen.getByRole("radio", { name: text.heldoutCount("180") }));
const confirm = () => fireEvent.click(screen.getByRole("button", { name: text.reveal }));

describe("HeldoutChoice", () => {
  it("asks before revealing hidden rows, and shows how many looks are used", async () => {
    const asked: unknown[] = [];
    const { address } = draws(closed, { "evaluation.openHeldout": (input: unknown) => asked.push(input) });
    choose();
    expect((await screen.findByRole("dialog")).textContent).toContain("2 of 5 looks used");
    expect(asked).toEqual([]);
    expect(address()).not.toContain("heldout");
  });

  it("reveals the rows after confirmation, starting at the first page", async () => {
    const asked: unknown[] = [];
    const { address } = draws(closed, { "evaluation.openHeldout": (input: unknown) => asked.push(input) });
    choose();
    await screen.findByRole("dialog");
    confirm();
    await waitFor(() => expect(address()).toContain("split=heldout"));
    expect(asked).toEqual([{ version: "v1" }]);
    expect(address()).not.toContain("page=");
  });

  it("keeps the dev rows and explains why the held-out rows could not be revealed", async () => {
    const { address } = draws(closed, {
      "evaluation.openHeldout": () => {
        throw new Failure("missing", "the disk is full");
      },
    });
    choose();
    await screen.findByRole("dialog");
    confirm();
    expect((await screen.findByRole("alert")).textContent).toContain("The disk is full");
    expect(address()).not.toContain("heldout");
  });

  it("shows rows that are already revealed without asking again", () => {
    const { address } = draws({ ...closed, opened: true });
    choose();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(address()).toContain("split=heldout");
  });

  it("shows no choice for a file without held-out rows", () => {
    draws({ ...closed, rows: 0 });
    expect(screen.queryByRole("radio")).toBeNull();
  });
});
