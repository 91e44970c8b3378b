// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import type { TrainingPresets } from "../../../shared/schema/trainingPlan.ts";
import { draw } from "../../testing/screen.tsx";
import { FieldEntry } from "./FieldEntry.tsx";

type Field = TrainingPresets["fields"][number];
const field = (entry: object, unit?: string) =>
  ({
    id: "f",
    label: "Rank",
    words: "the help text",
    entry,
    ...(unit === undefined ? {} : { unit }),
  }) as unknown as Field;
const number = field({ kind: "number", whole: true, min: 1, max: 64 });

interface KeptProps {
  readonly of: Field;
  readonly preset: unknown;
  readonly first: unknown;
  onSet(value: unknown): void;
}

/** A field that keeps its value, as the form does. */
function Kept({ of, preset, first, onSet }: KeptProps) {
  const [value, setValue] = useState(first);
  const change = (next: unknown) => {
    onSet(next);
    setValue(next);
  };
  return <FieldEntry field={of} preset={preset} value={value} onChange={change} />;
}

/** Draws a field. Returns every value that it is set to. */
function drawField(of: Field, preset: unknown, first?: unknown) {
  const set: unknown[] = [];
  draw(<Kept of={of} preset={preset} first={first} onSet={(value) => void set.push(value)} />);
  return set;
}
const type = (text: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: /Rank/ }), { target: { value: text } });
const shownValue = () => (screen.getByRole("textbox", { name: /Rank/ }) as HTMLInputElement).value;

describe("FieldEntry", () => {
  it("offers auto, on and off where the plan may decide", async () => {
    const set = drawField(field({ kind: "auto-switch" }), "auto");
    const select = screen.getByRole("combobox", { name: /Rank/ });
    expect((select as HTMLInputElement).value).toBe("auto");
    fireEvent.click(select);
    fireEvent.click(await screen.findByRole("option", { name: "off" }));
    expect(set).toEqual([false]);
  });

  it("shows the preset's value, and names it once another value is set", () => {
    const set = drawField(number, 16);
    expect(shownValue()).toBe("16");
    expect(screen.queryByText(/Preset: 16/)).toBeNull();
    type("32");
    expect(set).toEqual([32]);
    expect(screen.getByText(/Preset: 16/)).toBeTruthy();
  });

  it("resets to the preset with its button, or when the preset's value is typed", () => {
    const set = drawField(number, 16, 32);
    fireEvent.click(screen.getByRole("button", { name: /preset/ }));
    expect(set).toEqual([undefined]);
    expect(shownValue()).toBe("16");
    type("8");
    type("16");
    expect(set).toEqual([undefined, 8, undefined]);
  });

  it.each([
    ["0", "1"],
    ["65", "64"],
    ["1.5", "whole"],
    ["abc", "number"],
    ["", "number"],
  ])("rejects %j, explains why, and keeps the input", (typed, said) => {
    const set = drawField(number, 16);
    type(typed);
    expect(set).toEqual([]);
    expect(shownValue()).toBe(typed);
    const input = screen.getByRole("textbox", { name: /Rank/ });
    expect(input.getAttribute("aria-invalid")).toBe("true");
    const described = input.getAttribute("aria-describedby")?.split(" ") ?? [];
    const words = described.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
    expect(words).toContain(said);
    expect(words).toContain("16");
  });

  it("accepts scientific notation", () => {
    const set = drawField(field({ kind: "number", whole: false, min: 0 }), 1);
    type("1e-4");
    expect(set).toEqual([0.0001]);
    expect(shownValue()).toBe("1e-4");
  });

  it("accepts an empty field for an optional number", () => {
    const set = drawField(field({ kind: "optional-number", min: 1 }), null, 5);
    type("");
    expect(set).toEqual([undefined]);
    expect(shownValue()).toBe("");
  });

  it("shows the unit in the label", () => {
    drawField(field({ kind: "number", whole: true, min: 1 }, "tokens"), 5);
    expect(screen.getByRole("textbox", { name: "Rank (tokens)" })).toBeTruthy();
  });

  it("sets a switch, and resets it to the preset", () => {
    const set = drawField(field({ kind: "switch" }), false);
    fireEvent.click(screen.getByRole("switch"));
    fireEvent.click(screen.getByRole("switch"));
    expect(set).toEqual([true, undefined]);
  });

  it("sets the selected choice", () => {
    const set = drawField(field({ kind: "choice", choices: ["cosine", "linear"] }), "cosine");
    fireEvent.click(screen.getByRole("combobox", { name: /Rank/ }));
    fireEvent.click(screen.getByRole("option", { name: "linear", hidden: true }));
    expect(set).toEqual(["linear"]);
  });
});
