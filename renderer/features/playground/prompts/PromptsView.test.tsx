// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../../../shared/domain/failure.ts";
import type { PromptDocument } from "../../../../shared/schema/prompt.ts";
import { draw, type Host } from "../../../testing/screen.tsx";
import { messages } from "./messages.ts";
import { PromptsView } from "./PromptsView.tsx";
import { usePromptDrafts } from "./promptDrafts.ts";

const saved: PromptDocument = {
  name: "short",
  source: "workspace",
  hash: "h",
  problem: null,
  file: "prompts/short.txt",
  text: "Names for {description}",
  revision: "r",
};

const opened = (host: Host = {}) =>
  draw(<PromptsView />, {
    at: "/w/one/playground?view=prompts&prompt=short",
    host: {
      "prompt.list": () => ({ prompts: [{ name: "short", source: "workspace", hash: "h", problem: null }] }),
      "prompt.open": () => saved,
      "playground.versions": () => ({ versions: [] }),
      ...host,
    },
  });

describe("PromptsView", () => {
  beforeEach(() => usePromptDrafts.setState({ drafts: {} }));

  it("keeps an empty line at the end while it is typed, which is no edit", async () => {
    opened();
    const text = (await screen.findByRole("textbox", { name: messages.text })) as HTMLTextAreaElement;
    fireEvent.change(text, { target: { value: `${saved.text}\n` } });
    expect(text.value).toBe(`${saved.text}\n`);
    expect(screen.queryByText(messages.unsaved)).toBeNull();
    fireEvent.change(text, { target: { value: `${saved.text}\nFive.` } });
    expect(screen.getByText(messages.unsaved)).toBeTruthy();
  });

  it("lets another prompt be selected when one can't be opened", async () => {
    opened({
      "prompt.open": () => {
        throw new Failure("bad-value", "prompts/short.txt isn't UTF-8 text");
      },
    });
    expect(await screen.findByText(messages.failedToOpen)).toBeTruthy();
    expect(screen.getByRole("combobox", { name: messages.prompt })).toBeTruthy();
  });
});
