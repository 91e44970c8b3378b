import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { currentEnvironment, userDataFolder } from "../electron/services/environment/folders.mjs";
import { createInferenceService } from "../electron/services/inference/inferenceService.ts";
import { baseGguf, launchRealWorker } from "../electron/services/testing/engineFixtures.ts";
import { aroundByDefault, mostPromptTokens } from "../shared/domain/lint/tokenBound.ts";
import { promptFor } from "../shared/domain/prompt/template.ts";
import { naughtyStrings } from "./support/naughtyStrings.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const userData = userDataFolder({ env: process.env, platform: process.platform, home: homedir() });
const environment = currentEnvironment(userData, path.join(root, "resources", "requirements.txt"));
const python = environment?.python ?? process.env.NAMEWRIGHT_TEST_PYTHON;
const template = readFileSync(path.join(root, "resources", "prompts", "suggest.txt"), "utf8").trimEnd();

/** Returns the token ids that the trainer would train on, from its own encoder. */
const encoder = `
import json, sys
from transformers import AutoTokenizer
from namewright_trainer.encoding import PromptEncoder
template, descriptions = json.load(sys.stdin)
encoder = PromptEncoder(AutoTokenizer.from_pretrained(sys.argv[1]), template)
json.dump([encoder.prompt(description) for description in descriptions], sys.stdout)
`;

/** Ids 0–4 are the control tokens: unknown, begin, end, [INST], [/INST]. */
const isControl = (id: number) => id < 5;

describe.skipIf(!existsSync(baseGguf))("hostile descriptions as token ids", () => {
  const service = createInferenceService({ launchWorker: launchRealWorker, gpu: "none" });
  let ids: number[][];
  beforeAll(async () => {
    const contents = naughtyStrings.map((description) => promptFor(template, description));
    ids = await service.tokenize({ gguf: baseGguf, adapter: null }, contents, true);
  });
  afterAll(() => service.stop());

  it("contain only the four control tokens of the prompt", () => {
    expect(ids).toHaveLength(naughtyStrings.length);
    for (const [at, prompt] of ids.entries()) {
      const [bos, open, ...rest] = prompt;
      const close = rest.pop();
      expect([bos, open, close]).toEqual([1, 3, 4]);
      expect(rest.filter(isControl), JSON.stringify(naughtyStrings[at]?.slice(0, 80))).toEqual([]);
    }
  });

  it("never exceed the bound that decides whether they are counted", () => {
    for (const [at, prompt] of ids.entries()) {
      const most = mostPromptTokens(promptFor(template, naughtyStrings[at] ?? ""), aroundByDefault);
      expect(prompt.length).toBeLessThanOrEqual(most);
    }
  });

  it.skipIf(python === undefined)("match the trainer's ids", () => {
    const words = ["-c", encoder, path.dirname(baseGguf)];
    // Long strings test nothing more here, and the trainer's tokenizer is slow with words of 40,000 letters.
    const some = naughtyStrings.flatMap((text, at) => (text.length < 1000 ? [at] : []));
    const output = execFileSync(python ?? "", words, {
      cwd: path.join(root, "resources", "trainer"),
      input: JSON.stringify([template, some.map((at) => naughtyStrings[at])]),
      maxBuffer: 1 << 28,
      encoding: "utf8",
    });
    const trained = z.array(z.array(z.number())).parse(JSON.parse(output));
    expect(trained).toEqual(some.map((at) => ids[at]));
  });
});
