import path from "node:path";
import { Failure } from "../../../../shared/domain/failure.ts";
import { formatBytes } from "../../../../shared/domain/format/bytes.ts";
import { shortHash } from "../../../../shared/domain/format/hash.ts";
import {
  AddableBaseSchema,
  type BaseCheck,
  BaseChoiceSchema,
  type BaseList,
  DownloadResultSchema,
} from "../../../../shared/schema/base.ts";
import { precisions } from "../../../../shared/schema/workspace.ts";
import { follow } from "../follow.ts";
import type { Handler } from "../handler.ts";
import { optionalText } from "../options.ts";
import { singleLine, styled, table } from "../output.ts";
import { showingPreparation } from "../preparation.ts";

function listText({ bases, partial, addable, problem }: BaseList): string {
  const rows = table(bases, [
    { title: "", value: ({ chosen }) => (chosen ? "*" : "") },
    { title: "base", value: ({ value }) => value },
    { title: "architecture", value: ({ check }) => check.architecture ?? "–" },
    { title: "weights", align: "right", value: ({ check }) => formatBytes(check.bytes) },
    { title: "from", value: ({ source }) => source },
  ]);
  return [
    rows,
    ...addable.map((base) => `To add ${base} (93 MB download): \`namewright base add ${base}\``),
    ...partial.map(
      (one) =>
        `${styled("yellow", "!")} ${singleLine(one.id)}: ${formatBytes(one.bytes)} downloaded; resume with \`namewright base download ${singleLine(one.id)}\``,
    ),
    ...(problem === null ? [] : [`${styled("yellow", "!")} ${singleLine(problem)}`]),
  ].join("\n");
}

function checkText(check: BaseCheck): string {
  const facts: readonly (readonly [string, string | number | null])[] = [
    ["kind", check.kind],
    ["architecture", check.architecture],
    ["tokenizer", check.tokenizer],
    ["parameters", check.parameters],
    ["layers", check.layers],
    ["vocabulary", check.vocabularySize],
    ["context", check.contextLength],
    ["weights", `${formatBytes(check.bytes)}${check.weights === null ? "" : ` as ${check.weights}`}`],
  ];
  return [
    styled("bold", singleLine(check.path)),
    ...facts.map(
      ([name, value]) => `  ${name.padEnd(13)} ${value === null ? "–" : singleLine(String(value))}`,
    ),
    ...check.problems.map((problem) => `  ${styled("red", "✗")} ${singleLine(problem)}`),
  ].join("\n");
}

export const list: Handler = async (context) => {
  const client = await context.client("read");
  const found = await client.base.list();
  context.print(found, () => listText(found));
  return 0;
};

/** Resolves a path that starts with a dot from the current folder. Other words are `embedded`, `smollm2`, an ID or a workspace path. */
function standingPath(word: string): string {
  return /^\.{1,2}([/\\]|$)/.test(word) ? path.resolve(word) : word;
}

/** Returns exit code 1 if the model can't be a base. */
export const check: Handler = async (context, { arguments: [place = ""] }) => {
  const client = await context.client("any");
  const found = await client.base.check({ path: path.resolve(place) });
  context.print(found, () => checkText(found));
  return found.problems.length === 0 ? 0 : 1;
};

export const use: Handler = async (context, { arguments: [base = ""], options }) => {
  const choice = BaseChoiceSchema.safeParse({
    base: standingPath(base),
    ...(typeof options.gguf === "string" ? { baseGguf: path.resolve(options.gguf) } : {}),
    ...optionalText(options, "precision"),
  });
  if (!choice.success) {
    throw new Failure("usage", `--precision must be one of ${precisions.join(", ")}`, {
      hint: "Omit --precision to keep the current one.",
    });
  }
  const client = await context.client("write");
  const found = await client.base.choose(choice.data);
  context.print(found, () => listText(found));
  return 0;
};

/** Needs no workspace. The base is shared by all of them. */
export const add: Handler = async (context, { arguments: [name = ""] }) => {
  const base = AddableBaseSchema.safeParse(name);
  if (!base.success) {
    throw new Failure("usage", `${singleLine(name)} can't be added`, {
      hint: `\`base add\` adds ${AddableBaseSchema.options.join(", ")}. \`base download\` downloads from Hugging Face.`,
    });
  }
  const client = await context.client("any");
  const { signal } = context;
  const found = await showingPreparation(context, client, () =>
    client.base.add({ base: base.data }, { signal }),
  );
  context.print(found, () => listText(found));
  return 0;
};

export const download: Handler = async (context, { arguments: [id = ""], options }) => {
  const client = await context.client("write");
  const run = await client.base.download({ id, ...optionalText(options, "revision") });
  const made = DownloadResultSchema.parse(await follow(context, client, run, id));
  context.print(
    made,
    () => `${made.id} at ${shortHash(made.revision)} is in ${context.shortPath(made.folder)}`,
  );
  return 0;
};

export const remove: Handler = async (context, { arguments: [id = ""] }) => {
  const client = await context.client("any");
  const found = await client.base.remove({ id });
  context.print(found, () => listText(found));
  return 0;
};
