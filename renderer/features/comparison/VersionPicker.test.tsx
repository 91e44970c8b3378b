// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw } from "../../testing/screen.tsx";
import type { Chosen } from "./selection.ts";
import { VersionPicker } from "./VersionPicker.tsx";

function picker(chosen: Chosen, results = ["base", "v1", "v2", "v3"]) {
  const choices: Chosen[] = [];
  draw(<VersionPicker chosen={chosen} results={results} onChoose={(next) => void choices.push(next)} />);
  return choices;
}
const openList = (name: string) => fireEvent.click(screen.getByRole("combobox", { name }));
const optionsOf = () => screen.getAllByRole("option", { hidden: true }).map(({ textContent }) => textContent);

describe("VersionPicker", () => {
  it("keeps the candidates when another baseline is selected", () => {
    const choices = picker({ baseline: "base", candidates: ["v1", "v2"] });
    openList("Baseline");
    fireEvent.click(screen.getAllByRole("option", { name: "v3", hidden: true })[0] as HTMLElement);
    expect(choices).toEqual([{ baseline: "v3", candidates: ["v1", "v2"] }]);
  });

  it("swaps both versions when the only candidate becomes the baseline", () => {
    const choices = picker({ baseline: "v1", candidates: ["v2"] });
    openList("Baseline");
    fireEvent.click(screen.getAllByRole("option", { name: "v2", hidden: true })[0] as HTMLElement);
    expect(choices).toEqual([{ baseline: "v2", candidates: ["v1"] }]);
  });

  it("lists every result except the baseline as a candidate, and external files by name", () => {
    picker({ baseline: "v1", candidates: ["/tmp/elsewhere.csv"] });
    openList("Candidates");
    const candidates = screen.getAllByRole("listbox", { hidden: true }).at(-1) as HTMLElement;
    const options = [...candidates.querySelectorAll('[role="option"]')].map(({ textContent }) => textContent);
    expect(options).toEqual(["base", "v2", "v3", "elsewhere"]);
    expect(optionsOf()).toContain("v1");
  });

  it("keeps the last candidate selected", () => {
    const choices = picker({ baseline: "v1", candidates: ["v2"] });
    fireEvent.keyDown(screen.getByRole("combobox", { name: "Candidates" }), { key: "Backspace" });
    expect(choices).toEqual([]);
  });
});
