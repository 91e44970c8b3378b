import path from "node:path";
import { readDotenv } from "../environment/dotenv.ts";
import type { OutsideSource, Platform } from "../platform.ts";

/** An external setting and its source. */
export interface OutsideSetting {
  readonly value: string;
  readonly source: OutsideSource;
}

export function environmentSource(variables: Readonly<Record<string, string | undefined>>): OutsideSource {
  return { kind: "environment", place: "the environment", read: (name) => variables[name] };
}

/** Reads the `.env` of a folder once. Throws `Failure` `bad-value` when it is unreadable. */
export function dotenvSource(folder: string): OutsideSource {
  const variables = readDotenv(folder);
  return { kind: "dotenv", place: path.join(folder, ".env"), read: (name) => variables[name] };
}

/**
 * Returns the effective setting: the first source with the name wins. An empty value unsets those of later sources.
 */
export function outsideSetting({ outside }: Pick<Platform, "outside">, name: string): OutsideSetting | null {
  for (const source of outside) {
    const value = source.read(name);
    if (value !== undefined) return value.trim() === "" ? null : { value, source };
  }
  return null;
}

/** Returns a host's settings from its sources. The first one wins. */
export function fromOutside(outside: readonly OutsideSource[]): Pick<Platform, "outside" | "setting"> {
  return { outside, setting: (name) => outsideSetting({ outside }, name)?.value };
}
