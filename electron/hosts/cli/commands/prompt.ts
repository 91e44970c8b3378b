import { shortHash } from "../../../../shared/domain/format/hash.ts";
import { isPrompted } from "../../../../shared/domain/workspace/version.ts";
import type { PromptDocument, PromptEntry } from "../../../../shared/schema/prompt.ts";
import type { PromptTrial } from "../../../../shared/schema/promptTrial.ts";
import type { CommandContext } from "../context.ts";
import type { Handler } from "../handler.ts";
import { optionalNumber } from "../options.ts";
import { singleLine, styled, table } from "../output.ts";
import { showingPreparation } from "../preparation.ts";
import { suggestText } from "./suggest.ts";

export const list: Handler = async (context) => {
  const client = await context.client("read");
  const found = await client.prompt.list();
  context.print(found, () => listText(found.prompts));
  return 0;
};

function listText(prompts: readonly PromptEntry[]): string {
  return table(prompts, [
    { title: "prompt", value: ({ name }) => name },
    { title: "from", value: ({ source }) => source },
    { title: "hash", value: ({ hash }) => (hash === null ? "–" : shortHash(hash)) },
    { title: "problem", value: ({ problem }) => (problem === null ? "" : singleLine(problem)) },
  ]);
}

export const show: Handler = async (context, { arguments: [name = ""] }) => {
  const client = await context.client("read");
  const prompt = await client.prompt.open({ name });
  noteProblem(context, prompt);
  // The text alone, so that it can be redirected into a new prompt.
  context.print(prompt, () => prompt.text);
  return 0;
};

function noteProblem({ progress }: CommandContext, { problem }: PromptDocument): void {
  if (problem !== null) progress.note(singleLine(problem));
}

export const tryPrompts: Handler = async (context, { arguments: descriptions, options }) => {
  const client = await context.client("read");
  const version = String(options.version);
  const usual = isPrompted(version) ? "prompted" : "suggest";
  const names = Array.isArray(options.prompt) ? options.prompt.map(String) : [usual];
  const trial = await showingPreparation(context, client, () =>
    client.prompt.try({
      version,
      prompts: names.map((name) => ({ name })),
      descriptions: [...descriptions],
      seed: optionalNumber(options, "seed") ?? 1,
    }),
  );
  context.print(trial, () => trialText(trial));
  return 0;
};

function trialText({ version, trials }: PromptTrial): string {
  return trials
    .map(({ name, hash, otherThanTrained, examples, answers }) => {
      const rows =
        examples === null
          ? ""
          : `, examples: rows ${examples.rows.join(", ")} of dataset_${examples.dataset}`;
      const head = styled("bold", `${version} with the prompt ${name} (${shortHash(hash)}${rows})`);
      const warning = otherThanTrained
        ? [`${styled("yellow", "!")} ${version} was trained with another prompt.`]
        : [];
      return [head, ...warning, "", suggestText({ version, results: answers })].join("\n");
    })
    .join("\n\n");
}
