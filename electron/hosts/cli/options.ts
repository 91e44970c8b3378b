import { Failure } from "../../../shared/domain/failure.ts";

type Options = Readonly<Record<string, unknown>>;

/** Returns `{name: value}` if the option was given, otherwise `{}`: contracts distinguish absent from empty. */
export function optionalText<Name extends string>(options: Options, name: Name): { [name in Name]?: string } {
  const value = options[name];
  return typeof value === "string" ? ({ [name]: value } as { [name in Name]: string }) : {};
}

/** Returns a number option, or null if it was not given. Throws `Failure` `usage` if it isn't a number. */
export function optionalNumber(options: Options, name: string): number | null {
  const value = options[name];
  if (value === undefined) return null;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new Failure("usage", `--${flag} must be a number`, { hint: "Add --help to see how it is used." });
}

/** Returns an option with a fixed set of values, or null if it was not given. Throws `Failure` `usage` for other values. */
export function optionalWord<Word extends string>(
  options: Options,
  name: string,
  words: readonly Word[],
): Word | null {
  const value = options[name];
  if (value === undefined) return null;
  const word = words.find((known) => known === value);
  if (word !== undefined) return word;
  throw new Failure("usage", `--${name} must be one of ${words.join(", ")}`, {
    hint: "Add --help to see how it is used.",
  });
}
