import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import { contentFor, readTemplate } from "../../../shared/domain/prompt/template.ts";
import { thresholdOf } from "../../../shared/domain/workspace/threshold.ts";
import { grammarOf, hasAdapter } from "../../../shared/domain/workspace/version.ts";
import type { GeneratedRow, ModelRef } from "../../../shared/schema/inference.ts";
import type { PromptDocument, PromptEntry, SavePrompt } from "../../../shared/schema/prompt.ts";
import type { PromptTrial, TriedPrompt, TryPrompts } from "../../../shared/schema/promptTrial.ts";
import { greedyDecoding } from "../../../shared/schema/result.ts";
import { sha256 } from "../hashing/hashing.ts";
import { tokenChoice } from "../inference/tokenChoice.ts";
import { trainedPrompt } from "../model/modelPrompt.ts";
import {
  listPrompts,
  openPrompt,
  openPromptDocument,
  type Prompt,
  savePrompt,
} from "../prompts/promptStore.ts";
import { fillPrompt } from "../prompts/versionPrompt.ts";
import type { PlaygroundDependencies } from "./playgroundService.ts";
import { suggestionOf } from "./suggestion.ts";

export interface PromptService {
  list(): Promise<PromptEntry[]>;
  open(name: string): Promise<PromptDocument>;
  save(edit: SavePrompt): Promise<PromptDocument>;
  /**
   * Answers a few descriptions under each prompt, when the accelerator is free.
   * @throws Failure `bad-value` for an invalid prompt, `missing` for a version or examples that don't exist
   */
  try(request: TryPrompts, signal: AbortSignal): Promise<PromptTrial>;
}

/** The name of a text that isn't saved, in failures. */
const unsaved = "your text";

async function triedPrompt(setting: PlaygroundDependencies, tried: TriedPrompt): Promise<Prompt> {
  if ("name" in tried) return openPrompt(setting, tried.name);
  const template = readTemplate(tried.text, unsaved);
  return { name: unsaved, template, hash: sha256(template.text) };
}

/** Answers the descriptions under one prompt. */
async function trial(
  setting: PlaygroundDependencies,
  { version, descriptions, seed }: TryPrompts,
  tried: TriedPrompt,
  { model, trained }: { model: ModelRef; trained: string | null },
  signal: AbortSignal,
): Promise<PromptTrial["trials"][number]> {
  const ready = await fillPrompt(setting, await triedPrompt(setting, tried), { seed, dataset: null });
  const rows = new Map<string, GeneratedRow>();
  await setting.inference.generateRows({
    model,
    rows: descriptions.map((description, at) => ({
      key: String(at),
      content: contentFor(ready, description),
      seed: rowSeed(seed, at + 1, 0),
    })),
    choice: tokenChoice(
      {
        ...greedyDecoding,
        grammar: grammarOf(version, "none"),
        refusalThreshold: thresholdOf(setting.workspace.config, version).threshold,
      },
      ready.refusal,
    ),
    sharedPrefix: ready.before,
    refusalProbability: ready.refusal === null,
    signal,
    onRow: (row) => rows.set(row.key, row),
  });
  return {
    name: "name" in tried ? tried.name : null,
    hash: ready.hash,
    otherThanTrained: trained !== null && trained !== ready.hash,
    examples: ready.examples,
    answers: descriptions.map((description, at) => {
      const row = rows.get(String(at));
      if (row === undefined) throw new Error(`nothing was generated for ${version}, description ${at + 1}`);
      return suggestionOf(description, row, ready.refusal);
    }),
  };
}

export function createPromptService(setting: PlaygroundDependencies): PromptService {
  const { workspace, bases, models, lease } = setting;
  return {
    list: () => listPrompts(setting),
    open: (name) => openPromptDocument(setting, name),
    save: (edit) => savePrompt(setting, edit),
    async try(request, signal) {
      const { version } = request;
      const stored = hasAdapter(version) ? await models.open(version) : null;
      const trained = stored === null ? null : trainedPrompt(stored.record).hash;
      const answers = async () => {
        const base = await bases.open(workspace, { signal, onProgress: () => {} });
        const model = await models.engineModel(base, version, signal);
        const trials: PromptTrial["trials"] = [];
        for (const prompt of request.prompts) {
          trials.push(await trial(setting, request, prompt, { model, trained }, signal));
        }
        return { version, trials };
      };
      return lease.hold("the prompt editor", answers, { signal, onWait: () => {} });
    },
  };
}
