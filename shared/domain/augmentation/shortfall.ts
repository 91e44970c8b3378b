import type { Shortfall } from "../../schema/augmentation.ts";

/** Describes what rows are missing for, such as `phishing (safe neighbors)` or `everyday: bakery · two sisters · London`. */
export function describeShortfall({ slice, kind, cell }: Pick<Shortfall, "slice" | "kind" | "cell">): string {
  const what = kind === "neighbour" && slice !== "double-meaning" ? `${slice} (safe neighbors)` : slice;
  return cell === undefined ? what : `${what}: ${cell}`;
}
