import type { z } from "zod";
import { groupThousands } from "./format/count.ts";

type Issue = z.core.$ZodIssue;

/** How zod's own messages begin. Any other message was written for the schema, and is plain already. */
const ownMessage = /^(Invalid|Too (big|small)|Unrecognized|No matching)/;

const mostShown = 60;

function cut(text: string): string {
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

function numberWords(value: number | bigint): string {
  return `${value < 0 ? "−" : ""}${groupThousands(String(value).replace("-", ""))}`;
}

function foundWords(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return `“${cut(value)}”`;
  if (typeof value === "number") return Number.isNaN(value) ? "NaN" : numberWords(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** A type as zod names it, in words. */
const typeWords: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const formatWords: Readonly<Record<string, string>> = {
  url: "must be a web address",
  datetime: "must be a date and time",
};

function choiceWords(values: readonly unknown[]): string {
  const [only, ...others] = values.map((value) => (typeof value === "string" ? value : String(value)));
  return others.length === 0
    ? `must be ${only ?? "omitted"}`
    : `must be one of ${[only, ...others].join(", ")}`;
}

function boundWords(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  const most = issue.code === "too_big";
  const bound = most ? issue.maximum : issue.minimum;
  const amount = numberWords(typeof bound === "bigint" ? bound : Number(bound));
  if (issue.origin === "string") return most ? `must have at most ${amount} characters` : "can't be empty";
  if (issue.origin === "array" || issue.origin === "set" || issue.origin === "map")
    return `must have at ${most ? "most" : "least"} ${amount} ${amount === "1" ? "value" : "values"}`;
  if (issue.inclusive === false) return `must be ${most ? "less" : "more"} than ${amount}`;
  return `must be at ${most ? "most" : "least"} ${amount}`;
}

/** What is wrong, with what was found where that helps. */
function problemWords(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case "invalid_type": {
      const expected = typeWords[issue.expected] ?? issue.expected;
      return found === undefined
        ? `is missing; it must be ${expected}`
        : `must be ${expected}; found ${foundWords(found)}`;
    }
    case "too_big":
    case "too_small": {
      const number = typeof found === "number" || typeof found === "bigint";
      return number ? `${boundWords(issue)}; found ${foundWords(found)}` : boundWords(issue);
    }
    case "invalid_value":
      return found === undefined
        ? `is missing; it ${choiceWords(issue.values)}`
        : `${choiceWords(issue.values)}; found ${foundWords(found)}`;
    case "invalid_format":
      return `${formatWords[issue.format] ?? "has the wrong form"}; found ${foundWords(found)}`;
    case "unrecognized_keys":
      return `has an unknown field: ${issue.keys.map((key) => cut(key)).join(", ")}`;
    default:
      return `is invalid; found ${foundWords(found)}`;
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<PropertyKey, unknown>)[key];
  }
  return found;
}

/** `optimisation.epochs`, or `files, item 2`: items count from 1. */
function placeWords(path: readonly PropertyKey[]): string {
  let words = "";
  path.forEach((key, at) => {
    if (typeof key === "number") words += `${words === "" ? "" : ", "}item ${key + 1}`;
    else words += `${words === "" ? "" : typeof path[at - 1] === "number" ? ", " : "."}${String(key)}`;
  });
  return words;
}

/** The member of a union that comes closest: with the deepest problem, since the others fail at their beginning. */
function closest(members: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (issues: readonly Issue[]) => Math.max(...issues.map(({ path }) => path.length));
  const [first = [], ...others] = members.filter((issues) => issues.length > 0);
  return others.reduce((best, issues) => (depth(issues) > depth(best) ? issues : best), first);
}

function sayingOf(issue: Issue, input: unknown, above: readonly PropertyKey[]): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union" && issue.errors.length > 0)
    return closest(issue.errors).flatMap((inner) => sayingOf(inner, input, path));
  const place = placeWords(path);
  if (!ownMessage.test(issue.message)) return [place === "" ? issue.message : `${place}: ${issue.message}`];
  return [`${place === "" ? "the value" : place} ${problemWords(issue, valueAt(input, path))}`];
}

/** Says in plain words what zod found wrong with an input: which value, what is expected of it, and what it is. */
export function issueWords({ issues }: { readonly issues: readonly Issue[] }, input: unknown): string {
  const mostSaid = 5;
  const said = [...new Set(issues.flatMap((issue) => sayingOf(issue, input, [])))];
  const more = said.length - mostSaid;
  return [...said.slice(0, mostSaid), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}
