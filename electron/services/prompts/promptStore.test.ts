import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import { initWorkspace } from "../workspace/workspace.ts";
import { openPrompt, type PromptPlace, savePrompt } from "./promptStore.ts";

const files = createFileLayer();
let folder: string;
let place: PromptPlace;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "prompts-"));
  const { workspace } = await initWorkspace(files, path.join(folder, "space"), {});
  const resources = fileURLToPath(new URL("../../../resources", import.meta.url));
  place = { files, workspace, platform: { paths: { resources } } as PromptPlace["platform"] };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("openPrompt", () => {
  it("says which file to create for a missing prompt, and what a name is for an invalid one", async () => {
    await expect(openPrompt(place, "short")).rejects.toMatchObject({
      code: "missing",
      hint: expect.stringContaining(path.join("prompts", "short.txt")),
    });
    await expect(openPrompt(place, "../short")).rejects.toMatchObject({
      code: "missing",
      hint: expect.stringMatching(/^A prompt's name has up to 50 characters/),
    });
  });
});

describe("savePrompt", () => {
  const text = "Names for {description}";

  it("refuses a new prompt whose name exists, and an edit of a file that changed", async () => {
    await savePrompt(place, { name: "short", text, baseRevision: null });
    const other = { name: "short", text: `${text}, please`, baseRevision: null };
    await expect(savePrompt(place, other)).rejects.toThrow("the prompt short already exists");
    await expect(savePrompt(place, { ...other, baseRevision: "earlier" })).rejects.toThrow(
      "changed after you opened it",
    );
    expect((await openPrompt(place, "short")).template.text).toBe(text);
  });
});
