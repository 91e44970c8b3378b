import { InvalidArgumentError } from "commander";

/** Values of options, as commander parses them. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("It must be a whole number.");
  return value;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value))
    throw new InvalidArgumentError("It must be a number above zero.");
  return value;
}

/** Words with a comma between. */
export function list(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** `3,7,12`: rows or ids, from 1. */
export function numbers(text: string): number[] {
  const values = list(text).map(wholeNumber);
  if (values.length === 0 || values.includes(0))
    throw new InvalidArgumentError("It must be numbers from 1, such as 3,7.");
  return values;
}
