// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import { draw } from "../../testing/screen.tsx";
import { messages } from "./messages.ts";
import { PromptSelect } from "./PromptSelect.tsx";

const texts: Readonly<Record<string, string>> = {
  suggest: "\nSuggest names for {description}\nFive of them.",
  prompted: "{rules}\n{description}",
};
const host = {
  "prompt.list": () => ({
    prompts: Object.keys(texts).map((name) => ({ name, source: "built-in", hash: "h", problem: null })),
  }),
  "prompt.open": ({ name }: { name: string }) => {
    const text = texts[name];
    if (text === undefined) throw new Failure("missing", `no prompt "${name}" (available: suggest)`);
    const file = `prompts/${name}.txt`;
    return { name, source: "built-in", hash: "h", problem: null, file, text, revision: null };
  },
};
const drawn = (value: string) => {
  const chosen: string[] = [];
  draw(<PromptSelect value={value} onChange={(name) => void chosen.push(name)} />, { host });
  return chosen;
};
const select = () => screen.getByRole("combobox", { name: messages.form.prompt });

describe("PromptSelect", () => {
  it("shows the prompt's first line and selects another prompt", async () => {
    const chosen = drawn("suggest");
    expect(await screen.findByText("Suggest names for {description}")).toBeTruthy();
    expect(select().getAttribute("aria-invalid")).not.toBe("true");
    fireEvent.click(select());
    fireEvent.click(await screen.findByRole("option", { name: "prompted" }));
    expect(chosen).toEqual(["prompted"]);
  });

  it.each([
    ["contains more than the description", "prompted", "The prompt prompted contains {rules}, so no adapter"],
    ["doesn't exist", "short", 'No prompt "short" (available: suggest).'],
  ])("says that a prompt can't be trained with when it %s", async (_why, name, words) => {
    drawn(name);
    expect(await screen.findByText(words, { exact: false })).toBeTruthy();
    expect(select().getAttribute("aria-invalid")).toBe("true");
    expect((select() as HTMLInputElement).value).toBe(name);
  });
});
