import { InvalidArgumentError } from "commander";

/** Parses a whole number from 0. Throws `InvalidArgumentError` for other text. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("Must be a whole number.");
  return value;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value))
    throw new InvalidArgumentError("Must be a number greater than 0.");
  return value;
}

/** Splits comma-separated words. */
export function list(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** Parses comma-separated row numbers or ids from 1, such as `3,7,12`. */
export function numbers(text: string): number[] {
  const values = list(text).map(wholeNumber);
  if (values.length === 0 || values.includes(0))
    throw new InvalidArgumentError("Must be comma-separated numbers from 1, such as 3,7.");
  return values;
}
