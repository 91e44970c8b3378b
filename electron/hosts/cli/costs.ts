import { InvalidArgumentError } from "commander";
import type { Costs } from "../../../shared/schema/comparison.ts";
import { list } from "./values.ts";

/** The names of `compare --costs`, and shorter ones. */
const fields = {
  missedHarmful: "falseNegative",
  falseRefusal: "falsePositive",
  miss: "falseNegative",
  false: "falsePositive",
} as const;

/** Parses costs such as `missedHarmful=5,falseRefusal=1`; one that is omitted is 1. Throws `InvalidArgumentError` for other text. */
export function costsIn(text: string): Costs {
  const costs = { falseNegative: 1, falsePositive: 1 };
  for (const part of list(text)) {
    const [name = "", value = ""] = part.split("=");
    const cost = Number(value);
    if (!Object.hasOwn(fields, name) || value.trim() === "" || !Number.isFinite(cost) || cost < 0)
      throw new InvalidArgumentError("Must be costs such as missedHarmful=5,falseRefusal=1.");
    costs[fields[name as keyof typeof fields]] = cost;
  }
  return costs;
}

/** Parses a share. Throws `InvalidArgumentError` for other text. */
export function shareIn(text: string): number {
  const share = Number(text);
  if (text.trim() === "" || !(share >= 0 && share <= 1))
    throw new InvalidArgumentError("Must be a number from 0 to 1.");
  return share;
}
