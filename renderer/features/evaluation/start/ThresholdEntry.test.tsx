// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { draw } from "../../../testing/screen.tsx";
import { ThresholdEntry } from "./ThresholdEntry.tsx";
import { commandOf, type StartForm } from "./useStartForm.ts";

type Value = StartForm["threshold"];

/** An entry that keeps its value, as the form does. */
function Kept({ onSet }: { onSet(value: Value): void }) {
  const [value, setValue] = useState<Value>(null);
  const change = (next: Value) => {
    onSet(next);
    setValue(next);
  };
  return <ThresholdEntry value={value} onChange={change} />;
}

/** Draws the entry. Returns every value that it is set to. */
function drawEntry(): Value[] {
  const set: Value[] = [];
  draw(<Kept onSet={(value) => void set.push(value)} />);
  return set;
}
const choose = (name: string | RegExp) => fireEvent.click(screen.getByRole("radio", { name }));
const type = (text: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: "Refuse from this probability" }), {
    target: { value: text },
  });

test("asks for the version's own threshold, none, or a number from 0 to 1", () => {
  const set = drawEntry();
  expect(screen.getByRole("radio", { name: /own/ })).toHaveProperty("checked", true);
  expect(screen.getByText(/v2@0.12/)).toBeTruthy();
  choose("None");
  choose("A number");
  type("0.12");
  type("2");
  choose(/own/);
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(set).toEqual(["none", 0.5, 0.12, null]);
});

test.each([
  [null, ""],
  ["none", " --threshold none"],
  [0, " --threshold 0"],
  [0.12, " --threshold 0.12"],
] as const)("the terminal command of threshold %j has the same", (threshold, option) => {
  const form: StartForm = {
    versions: ["v2"],
    judge: null,
    decoding: "greedy",
    grammar: "none",
    seed: 1,
    maxCalls: null,
    maxCost: null,
    emptyMeansRefuse: false,
    prompt: null,
    anyway: false,
    threshold,
  };
  expect(commandOf(form, "rule")).toBe(`namewright eval --version v2 --judge rule${option}`);
});
