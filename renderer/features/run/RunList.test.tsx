// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Run } from "../../../shared/schema/run.ts";
import { draw } from "../../testing/screen.tsx";
import { RunList } from "./RunList.tsx";

const run = (id: string, status: Run["status"]) =>
  ({ id, title: `run ${id}`, status, createdAt: "2026-11-23T08:17:22.913Z", endedAt: null }) as Run;
const runs = [run("c", "running"), run("b", "succeeded"), run("a", "failed")];
const buttons = () => screen.getAllByRole("button");
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });

describe("RunList", () => {
  it("marks the current run, and selects the clicked one", () => {
    const chosen: string[] = [];
    draw(<RunList runs={runs} chosen="b" onChoose={(id) => void chosen.push(id)} />);
    expect(buttons().map((one) => one.getAttribute("aria-current"))).toEqual(["false", "true", "false"]);
    fireEvent.click(screen.getByRole("button", { name: /run a/ }));
    expect(chosen).toEqual(["a"]);
  });

  it("moves with the arrow keys, and stops at both ends", () => {
    draw(<RunList runs={runs} chosen={null} onChoose={() => {}} />);
    buttons()[0]?.focus();
    press("ArrowDown");
    press("ArrowDown");
    press("ArrowDown");
    expect(document.activeElement).toBe(buttons()[2]);
    press("ArrowUp");
    expect(document.activeElement).toBe(buttons()[1]);
  });

  it("shows the status of each run", () => {
    draw(<RunList runs={runs} chosen={null} onChoose={() => {}} />);
    expect(buttons().map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining("running"),
      expect.stringContaining("succeeded"),
      expect.stringContaining("failed"),
    ]);
  });

  it("explains that there are no runs, and shows no list", () => {
    draw(<RunList runs={[]} chosen={null} onChoose={() => {}} />);
    expect(screen.queryByRole("navigation")).toBeNull();
    expect(document.body.textContent).toMatch(/no run/i);
  });
});
