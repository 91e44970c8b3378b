import { builtInPrompts, longestPrompt } from "../../schema/prompt.ts";
import { Failure } from "../failure.ts";
import { controlTokensIn } from "../lint/controlTokens.ts";

/** What a prompt may contain between braces. `description` is required. */
const placeholders = ["description", "examples", "rules", "refusal"] as const;
type Placeholder = (typeof placeholders)[number];

/** A prompt split at its description. */
export interface PromptTemplate {
  /** Normalized: line feeds only, no empty lines at the end. Its hash identifies the prompt. */
  readonly text: string;
  readonly before: string;
  readonly after: string;
  readonly has: ReadonlySet<Placeholder>;
}

/** The text of the placeholders other than the description. */
export type PromptParts = Readonly<Record<Exclude<Placeholder, "description">, string>>;

const pattern = /\{([A-Za-z][\w-]*)\}/g;

/** Normalizes a prompt's text, so that an editor's line endings and final newline don't change its hash. */
export function normalizePrompt(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .replace(/\n+$/, "");
}

function invalid(file: string, line: number | null, what: string, hint: string): Failure {
  return new Failure("bad-value", `${file}${line === null ? "" : `, line ${line}`}: ${what}`, { file, hint });
}

/** Throws for the first line with something that a prompt can't contain. */
function refuseLines(text: string, file: string): void {
  for (const [at, line] of text.split("\n").entries()) {
    const unknown = [...line.matchAll(pattern)].find(([, name]) => !placeholders.some((one) => one === name));
    if (unknown !== undefined) {
      const known = placeholders.map((name) => `{${name}}`).join(", ");
      throw invalid(file, at + 1, `unknown placeholder ${unknown[0]}`, `Use only ${known}.`);
    }
    const [token] = controlTokensIn(line);
    if (token !== undefined) {
      const hint = "Remove it. The chat format adds the control tokens of the base.";
      throw invalid(file, at + 1, `a prompt can't contain the control token ${token}`, hint);
    }
    if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(line)) {
      throw invalid(file, at + 1, "a prompt can't contain control characters", "Remove them.");
    }
  }
}

/**
 * Reads a prompt. `file` names it in failures.
 * @throws Failure `bad-value` that names the file and, where there is one, the line
 */
export function readTemplate(raw: string, file: string): PromptTemplate {
  const text = normalizePrompt(raw);
  if (text.length > longestPrompt) {
    const what = `${text.length} characters; a prompt has at most ${longestPrompt}`;
    throw invalid(file, null, what, "Shorten the prompt.");
  }
  refuseLines(text, file);
  const count = (name: Placeholder) => text.split(`{${name}}`).length - 1;
  if (count("description") !== 1) {
    const times = count("description") === 0 ? "is missing" : "appears more than once";
    const hint = "Write {description} exactly once, where the business description belongs.";
    throw invalid(file, null, `{description} ${times}`, hint);
  }
  if (count("examples") > 1) {
    throw invalid(file, null, "{examples} appears more than once", "Keep one of them.");
  }
  const [before = "", after = ""] = text.split("{description}");
  return { text, before, after, has: new Set(placeholders.filter((name) => count(name) > 0)) };
}

/** Returns why a training can't use a prompt, or null. The trainer inserts only the description. */
export function untrainable({ has }: PromptTemplate, name: string): string | null {
  const other = [...has].find((one) => one !== "description");
  if (other === undefined) return null;
  return `the prompt ${name} contains {${other}}, so no adapter can be trained with it`;
}

/** Throws `Failure` `bad-value` for a prompt that a training can't use. */
export function refuseUntrainable(template: PromptTemplate, name: string): void {
  const problem = untrainable(template, name);
  if (problem === null) return;
  throw new Failure("bad-value", problem, {
    hint: "Train with a prompt that contains only {description}. A prompt with examples or rules is for an untrained base.",
  });
}

/** The texts before and after a description. */
export interface FilledPrompt {
  readonly before: string;
  readonly after: string;
}

/** Fills in everything but the description. Inserted text isn't searched for placeholders. */
export function fillTemplate({ before, after }: PromptTemplate, parts: PromptParts): FilledPrompt {
  const fill = (text: string) =>
    text.replace(pattern, (whole, name: string) => parts[name as keyof PromptParts] ?? whole);
  return { before: fill(before), after: fill(after) };
}

/** Returns the prompt for one description, inserted verbatim. */
export function contentFor({ before, after }: FilledPrompt, description: string): string {
  return `${before}${description}${after}`;
}

/** Returns the prompt of a training for one description, inserted verbatim. */
export function promptFor(template: string, description: string): string {
  return template.replace("{description}", () => description);
}

/** Returns whether a prompt exists without a file. */
export function isBuiltIn(name: string): boolean {
  return builtInPrompts.some((one) => one === name);
}
