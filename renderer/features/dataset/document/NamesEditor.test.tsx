// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { draw } from "../../../testing/screen.tsx";
import { NamesEditor } from "./NamesEditor.tsx";

function editor(value: string) {
  const cells: string[] = [];
  const done: boolean[] = [];
  draw(
    <NamesEditor
      value={value}
      startedWith={null}
      onChange={(cell: string) => void cells.push(cell)}
      onDone={(cancelled?: boolean) => void done.push(cancelled === true)}
    />,
  );
  return { cell: () => JSON.parse(cells.at(-1) ?? value) as string[], done };
}
const field = () => screen.getByRole("textbox", { name: "Name" }) as HTMLInputElement;
const type = (value: string) => fireEvent.change(field(), { target: { value } });
const press = (key: string) => fireEvent.keyDown(field(), { key });

describe("NamesEditor", () => {
  it.each(["Enter", " ", ",", ";"])("finishes a name with %j and starts the next one", (key) => {
    const { cell, done } = editor('["first-name"]');
    type("second-name");
    press(key);
    expect(cell()).toEqual(["first-name", "second-name"]);
    expect(field().value).toBe("");
    expect(done).toEqual([]);
  });

  it("includes the name that is still being typed", () => {
    const { cell } = editor("[]");
    type("half-typed");
    expect(cell()).toEqual(["half-typed"]);
  });

  it("moves into the last name with Backspace, and between names with the arrow keys", () => {
    const { cell } = editor('["one","two","three"]');
    press("Backspace");
    expect(field().value).toBe("three");
    field().setSelectionRange(0, 0);
    press("ArrowLeft");
    expect(field().value).toBe("two");
    type("changed");
    expect(cell()).toEqual(["one", "changed", "three"]);
    field().setSelectionRange(7, 7);
    press("ArrowRight");
    expect(field().value).toBe("three");
  });

  it("edits the clicked name, and removes a name with its button", () => {
    const { cell } = editor('["one","two","three"]');
    fireEvent.click(screen.getByText("one"));
    expect(field().value).toBe("one");
    fireEvent.click(document.querySelector('[aria-label="Remove two"]') as Element);
    expect(cell()).toEqual(["one", "three"]);
  });

  it("cancels the edit with Escape", () => {
    const { done } = editor('["one"]');
    type("x");
    press("Escape");
    expect(done).toEqual([true]);
  });

  it("explains what an empty list means, and which name is invalid", () => {
    editor("[]");
    expect(screen.getByText(/refusal/)).toBeTruthy();
    for (const name of ["has_underscore", "two", "three", "four", "five"]) {
      type(name);
      press("Enter");
    }
    expect(screen.queryByText(/refusal/)).toBeNull();
    expect(screen.getByText(/“has_underscore”/)).toBeTruthy();
  });
});
