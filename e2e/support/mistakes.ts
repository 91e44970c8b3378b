import path from "node:path";
import { z } from "zod";

/** Typical mistakes in a text: names, paths, ids, versions. `folder` is the folder of the workspace. */
export function mistypedTexts(folder: string): readonly string[] {
  return [
    "",
    " ",
    "nope",
    "nope.csv",
    "nope/nope.csv",
    "v9999",
    "v0",
    folder,
    path.join(folder, "namewright.json"),
    path.join(folder, "namewright.json", "below"),
    path.join(folder, "nope", "nope.csv"),
    path.join(folder, "n".repeat(300)),
    ".",
    "..",
    "/",
    "\0",
    "data\0.csv",
    `${folder}/data\0.csv`,
    "n".repeat(300),
    "n".repeat(5000),
    `${"n/".repeat(2500)}n`,
    "-rf",
    "--",
    "\u0475\uff11",
    "dataset\u200b_v1.csv",
    "\u001b]0;title\u0007",
    "\ud800",
    "line\nline",
    "__proto__",
    "constructor",
    "con.csv",
    "NaN",
    "1e999",
    "null",
    "$(touch pwned)",
  ];
}

/** Typical mistakes in a number. */
const mistypedNumbers: readonly number[] = [
  -1,
  0,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  9e15,
  -9e15,
  2 ** 53,
  2 ** 32,
  2 ** 31 - 1,
  1e308,
];

/** Values of a wrong type. */
const otherTypes: readonly unknown[] = [undefined, null, true, 7, "text", [], {}, [[]], [null]];

type Place = readonly (string | number)[];

/** An input with one mistaken value. */
export interface Mistake {
  readonly input: unknown;
  readonly place: Place;
  readonly value: unknown;
}

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
}

/** Valid texts, by the name of their field. */
export type RightTexts = Readonly<Record<string, string>>;

/** Returns valid values of a schema: first the usual one, then one for each other member of its unions. */
function rightValues(schema: JsonSchema, field: string, texts: RightTexts): unknown[] {
  const members = schema.anyOf ?? schema.oneOf;
  if (members !== undefined) return members.flatMap((member) => rightValues(member, field, texts));
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum !== undefined) return [...schema.enum];
  switch (schema.type) {
    case "object": {
      const values = Object.entries(schema.properties ?? {}).map(
        ([name, inner]) => [name, rightValues(inner, name, texts)] as const,
      );
      const usual = Object.fromEntries(values.map(([name, [first]]) => [name, first]));
      return [
        usual,
        ...values.flatMap(([name, [, ...others]]) => others.map((other) => ({ ...usual, [name]: other }))),
      ];
    }
    case "array":
      return rightValues(schema.items ?? {}, field, texts).map((value) => [value]);
    case "integer":
    case "number":
      return [Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1, 1)];
    case "boolean":
      return [false];
    case "null":
      return [null];
    default:
      return [texts[field] ?? "text"];
  }
}

/** Returns inputs that a schema accepts; only `undefined` for a procedure without input. */
export function rightInputs(schema: z.ZodType | undefined, texts: RightTexts): unknown[] {
  if (schema === undefined) return [undefined];
  const described = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return rightValues(described, "", texts);
}

function places(value: unknown, at: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...at, key]))];
}

function valueAt(value: unknown, [key, ...rest]: Place): unknown {
  if (key === undefined) return value;
  return typeof value === "object" && value !== null
    ? valueAt((value as Record<string, unknown>)[key], rest)
    : undefined;
}

/** Returns a copy with another value at a path. */
export function withValueAt(value: unknown, [key, ...rest]: Place, put: unknown): unknown {
  if (key === undefined) return put;
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? (value.slice() as unknown as Record<string, unknown>)
    : { ...value };
  copy[key] = withValueAt(copy[key], rest, put);
  return copy;
}

/**
 * Returns the inputs that differ from a valid one in one mistaken value. A path that several valid inputs have with
 * the same type is mistaken once.
 */
export function* mistakesIn(rights: readonly unknown[], folder: string): Generator<Mistake> {
  const done = new Set<string>();
  for (const right of rights) {
    for (const place of places(right)) {
      const found = valueAt(right, place);
      const key = JSON.stringify([place, found === null ? "null" : typeof found]);
      if (done.has(key)) continue;
      done.add(key);
      const mistyped =
        typeof found === "string" ? mistypedTexts(folder) : typeof found === "number" ? mistypedNumbers : [];
      for (const value of [...otherTypes, ...mistyped]) {
        yield { input: withValueAt(right, place, value), place, value };
      }
    }
  }
}
