import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFileLayer } from "../files/fileLayer.ts";
import type { PromptPlace } from "../prompts/promptStore.ts";
import { initWorkspace } from "../workspace/workspace.ts";
import { promptOfVersion } from "./modelPrompt.ts";

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

/** Asks v3, which was adopted with another text of the prompt `suggest`. */
function asked(prompt: string | null) {
  const record = { adopted: {}, spec: { promptTemplate: "Old names for {description}" } };
  const models = { open: async () => ({ version: "v3", record }) };
  const request = { version: "v3", prompt, seed: 1, dataset: null, anyway: false };
  return promptOfVersion({ ...place, models: models as never }, request);
}

it("promptOfVersion doesn't ask for a training of an adopted version", async () => {
  await expect(asked(null)).rejects.toMatchObject({
    message: expect.stringMatching(/^v3 was adopted with the prompt suggest/),
    hint: expect.stringMatching(/^Restore prompts\/suggest\.txt, or adopt its source as a new version\. /),
  });
  await files.writeAtomic(path.join(place.workspace.paths.prompts, "short.txt"), "Names for {description}");
  await expect(asked("short")).rejects.toMatchObject({
    hint: expect.stringMatching(/^Use it with `--prompt suggest`/),
  });
});
