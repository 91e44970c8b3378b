import { readDataset } from "../../../shared/domain/dataset/read.ts";
import { requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { namingRuleText } from "../../../shared/domain/naming/ruleText.ts";
import { chooseExamples, exampleText, refusalWord } from "../../../shared/domain/prompt/examples.ts";
import { contentFor, type FilledPrompt, fillTemplate } from "../../../shared/domain/prompt/template.ts";
import { isPrompted } from "../../../shared/domain/workspace/version.ts";
import type { PromptExamples } from "../../../shared/schema/prompt.ts";
import { sha256 } from "../hashing/hashing.ts";
import { describeWorkspace } from "../workspace/workspace.ts";
import { openPrompt, type Prompt, type PromptPlace } from "./promptStore.ts";

/** A prompt with everything but the description filled in. */
export interface ReadyPrompt extends FilledPrompt {
  readonly name: string;
  readonly hash: string;
  /** The word that is read as a refusal; null: the prompt doesn't ask for one. */
  readonly refusal: string | null;
  readonly examples: PromptExamples | null;
  /** SHA-256 of the prompt with everything but the description filled in. */
  readonly filledHash: string;
}

/** Returns the prompt that a version uses unless another one is asked for. */
export function usualPrompt(version: string): string {
  return isPrompted(version) ? "prompted" : "suggest";
}

/** What decides a prompt's examples. `dataset` null: the newest one. */
export interface ExampleChoice {
  readonly seed: number;
  readonly dataset: string | null;
}

/** Reads the rows that a prompt shows, none of which resembles a test row. @throws Failure without a usable row */
async function examplesFrom({ files, workspace }: PromptPlace, { seed, dataset }: ExampleChoice) {
  const version = dataset ?? (await describeWorkspace(files, workspace)).datasets.at(-1);
  const file = version === undefined ? null : workspace.paths.dataset(version);
  if (version === undefined || file === null || !(await files.exists(file))) {
    throw new Failure("missing", "the prompt takes its examples from a dataset, and the workspace has none", {
      hint: "Import a dataset, or write a prompt without {examples}.",
    });
  }
  const bytes = await files.read(file);
  const { testSet } = workspace.paths;
  const tested = (await files.exists(testSet)) ? requireTestSet(await files.read(testSet), testSet).rows : [];
  const chosen = chooseExamples(
    readDataset(bytes, file).rows,
    tested.map(({ description }) => description),
    seed,
  );
  if (chosen.length === 0) {
    throw new Failure("bad-value", `${file} has no valid, short row that isn't like a test row`, {
      file,
      hint: "Fix its rows, or write a prompt without {examples}.",
    });
  }
  return {
    text: exampleText(chosen),
    examples: { dataset: version, datasetHash: sha256(bytes), seed, rows: chosen.map(({ row }) => row) },
  };
}

/** Fills in a prompt. The same prompt, seed, dataset and test set give the same text. */
export async function fillPrompt(
  place: PromptPlace,
  { name, hash, template }: Prompt,
  choice: ExampleChoice,
): Promise<ReadyPrompt> {
  const found = template.has.has("examples") ? await examplesFrom(place, choice) : null;
  const parts = { examples: found?.text ?? "", rules: namingRuleText(), refusal: refusalWord };
  const filled = fillTemplate(template, parts);
  return {
    name,
    hash,
    ...filled,
    refusal: template.has.has("refusal") ? refusalWord : null,
    examples: found?.examples ?? null,
    filledHash: sha256(contentFor(filled, "{description}")),
  };
}

/** Opens and fills in the prompt of a version, or the one that was asked for. */
export async function readyPrompt(
  place: PromptPlace,
  request: { version: string; prompt: string | null } & ExampleChoice,
): Promise<ReadyPrompt> {
  return fillPrompt(place, await openPrompt(place, request.prompt ?? usualPrompt(request.version)), request);
}
