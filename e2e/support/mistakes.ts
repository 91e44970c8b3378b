import path from "node:path";
import { z } from "zod";

/** What people mistype where a text is wanted: names, paths, ids, versions. `folder` holds the workspace. */
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

/** What people mistype where a number is wanted. */
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

/** Values of another type. */
const otherTypes: readonly unknown[] = [undefined, null, true, 7, "text", [], {}, [[]], [null]];

type Place = readonly (string | number)[];

/** An input in which one value is a mistake. */
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

/** Texts that are right, by the name of the field that holds them. */
export type RightTexts = Readonly<Record<string, string>>;

/** Right values of a schema: the first is the usual one, the others are the further members of unions in it. */
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

/** Inputs that a schema takes, by its own words; `undefined` is the only one of a procedure that takes nothing. */
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

/** A copy in which the value at a place is another one. */
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
 * Every input that differs from a right one in one value, which is a mistake. A place that several of the right inputs
 * have with the same type is mistaken once.
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
