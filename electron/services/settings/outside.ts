import path from "node:path";
import { readDotenv } from "../environment/dotenv.ts";
import type { OutsideSource, Platform } from "../platform.ts";

/** A setting as it is written outside, and where. */
export interface OutsideSetting {
  readonly value: string;
  readonly source: OutsideSource;
}

export function environmentSource(variables: Readonly<Record<string, string | undefined>>): OutsideSource {
  return { kind: "environment", place: "the environment", read: (name) => variables[name] };
}

/** The `.env` of a folder, read once. @throws Failure `bad-value` where it cannot be read */
export function dotenvSource(folder: string): OutsideSource {
  const variables = readDotenv(folder);
  return { kind: "dotenv", place: path.join(folder, ".env"), read: (name) => variables[name] };
}

/**
 * The setting that counts: the first source that has the name wins. An empty value there unsets what later sources say.
 */
export function outsideSetting({ outside }: Pick<Platform, "outside">, name: string): OutsideSetting | null {
  for (const source of outside) {
    const value = source.read(name);
    if (value !== undefined) return value.trim() === "" ? null : { value, source };
  }
  return null;
}

/** What a host knows from its sources. The first one wins. */
export function fromOutside(outside: readonly OutsideSource[]): Pick<Platform, "outside" | "setting"> {
  return { outside, setting: (name) => outsideSetting({ outside }, name)?.value };
}
