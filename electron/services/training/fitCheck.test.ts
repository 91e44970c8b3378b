import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PRESETS } from "../../../shared/domain/training/presets.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { refuseWhatCannotFit } from "./fitCheck.ts";

const files = createFileLayer();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-fit-"));
  const mistral7b = {
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    intermediate_size: 14336,
    vocab_size: 32768,
  };
  await writeFile(path.join(folder, "config.json"), JSON.stringify(mistral7b));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (gibibytes: number) =>
  refuseWhatCannotFit({
    files,
    baseFolder: folder,
    settings: PRESETS["mistral-7b-study"],
    device: { device: "cuda", available: gibibytes * 1024 ** 3 },
    runsFolder: path.join(folder, "runs"),
  });

it("allows the study's 7B training on 48 GiB and refuses it on 12 GiB, naming settings that fit", async () => {
  await check(48);
  await expect(check(12)).rejects.toMatchObject({
    code: "missing",
    hint: expect.stringMatching(/This training fits/),
  });
});

it("reports when no settings fit", async () => {
  await expect(check(1)).rejects.toMatchObject({ hint: expect.stringMatching(/smaller base/) });
});
