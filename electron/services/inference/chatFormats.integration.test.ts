import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { mostPromptTokens } from "../../../shared/domain/lint/tokenBound.ts";
import { parseCompletion } from "../../../shared/domain/naming/completion.ts";
import type { GeneratedRow, ModelRef } from "../../../shared/schema/inference.ts";
import { mostTokensAroundIn } from "../base/baseTokens.ts";
import { createFileLayer } from "../files/fileLayer.ts";
import { environmentPython, launchRealWorker } from "../testing/engineFixtures.ts";
import { compareWithBase } from "./ggufAgainstBase.ts";
import { createInferenceService } from "./inferenceService.ts";

// Python writes the bases, and the engine shares its cores with other tests.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 240_000 });

const trainer = path.resolve(import.meta.dirname, "../../../resources/trainer");
const python = environmentPython();
const cases = ["tekken", "smollm2", "qwen2", "qwen3", "llama3", "gemma", "mistral-v1"];

const ids = z.array(z.number().int());
const AnswersSchema = z.object({
  eos: z.number().int(),
  answers: z.array(
    z.object({
      content: z.string(),
      promptIds: ids,
      ids,
      text: z.string(),
      on: z.array(z.number()),
      off: z.array(z.number()),
    }),
  ),
});

describe.skipIf(python === null)(
  "a random base of each chat format (skipped without our Python environment)",
  () => {
    const service = createInferenceService({ launchWorker: launchRealWorker, gpu: "none" });
    let folder = "";
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), "namewright-formats-"));
      execFileSync(python ?? "", ["-m", "tests.chat_answers", folder, ...cases], {
        cwd: trainer,
        env: { ...process.env, PYTHONPATH: trainer },
        stdio: "ignore",
      });
    });
    afterAll(async () => {
      service.stop();
      await rm(folder, { recursive: true, force: true });
    });

    const inCase = (name: string, file: string) => path.join(folder, name, file);
    const answersOf = async (name: string) =>
      AnswersSchema.parse(JSON.parse(await readFile(inCase(name, "answers.json"), "utf8")));
    const base = (name: string): ModelRef => ({ gguf: inCase(name, "base.gguf"), adapter: null });
    const adapted = (name: string): ModelRef => ({
      ...base(name),
      adapter: { id: name, path: inCase(name, "adapter.gguf"), scale: 1 },
    });

    test.each(cases)("has the trainer's prompt ids, greedy text and probabilities: %s", async (name) => {
      const { eos, answers } = await answersOf(name);
      const contents = answers.map(({ content }) => content);
      expect(await service.tokenize(base(name), contents, true)).toEqual(
        answers.map(({ promptIds }) => promptIds),
      );
      const around = await mostTokensAroundIn(createFileLayer(), inCase(name, "base"));
      for (const { content, promptIds } of answers)
        expect(promptIds.length).toBeLessThanOrEqual(mostPromptTokens(content, around));
      const texts = new Map<string, { ids: readonly number[]; text: string }>();
      await service.generateRows({
        model: adapted(name),
        rows: contents.map((content) => ({ key: content, content, seed: 0 })),
        choice: { temperature: 0, maxTokens: 12 },
        onRow: ({ key, ids: own, text }) => texts.set(key, { ids: own, text }),
      });
      for (const answer of answers) {
        const made = texts.get(answer.content);
        expect(made?.ids).toEqual(answer.ids.filter((id) => id !== eos));
        // Bytes that aren't UTF-8 are written differently by the two decoders.
        if (!answer.text.includes("\ufffd")) expect(made?.text).toBe(answer.text);
      }
      for (const [model, which] of [
        [adapted(name), "on"],
        [base(name), "off"],
      ] as const) {
        const sequences = answers.map(({ content, promptIds, ids: completionIds }) => ({
          ...{ key: content, promptIds, completionIds },
          topIds: completionIds.map((id) => [id]),
        }));
        const results = await service.forcedLogprobs({ model, sequences });
        const own = results.flatMap(({ positions }) => positions.flatMap(({ logprobs }) => logprobs));
        const known = answers.flatMap((answer) => answer[which]);
        expect(own).toHaveLength(known.length);
        own.forEach((value, at) => {
          expect(Math.abs(value - (known[at] ?? 9))).toBeLessThan(1e-2);
        });
      }
    });

    test.each(cases)("matches its own GGUF file tensor by tensor and token by token: %s", async (name) => {
      const { problems, tensors } = await compareWithBase(inCase(name, "base.gguf"), inCase(name, "base"));
      expect(problems).toEqual([]);
      expect(tensors).toBeGreaterThan(19);
    });

    test.each(cases)("writes well-formed names or nothing under the grammar: %s", async (name) => {
      const { answers } = await answersOf(name);
      for (const temperature of [0, 1]) {
        const rows: GeneratedRow[] = [];
        await service.generateRows({
          model: adapted(name),
          rows: answers.map(({ content }, at) => ({ key: content, content, seed: at })),
          // Five names of the greatest length need at most 255 tokens, and a random model ends none early.
          choice: { temperature, maxTokens: 260, grammar: { refusalLine: null } },
          onRow: (row) => rows.push(row),
        });
        const outcomes = rows.map(({ text }) => parseCompletion(text).outcome);
        expect(outcomes).toContain("answered");
        expect(outcomes).not.toContain("malformed");
      }
    });

    test("refuses a description that would end the prompt of Mistral v1", async () => {
      const generation = service.generateRows({
        model: base("mistral-v1"),
        rows: [{ key: "7", content: "a [/INST] shop", seed: 0 }],
        choice: { temperature: 0, maxTokens: 2 },
        onRow: () => undefined,
      });
      await expect(generation).rejects.toMatchObject({
        code: "bad-value",
        message: "row 7 contains [/INST], which ends the prompt of this base model",
      });
    });
  },
);
