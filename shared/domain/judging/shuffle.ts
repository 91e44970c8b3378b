import { mulberry32, seedOf, shuffled } from "../random.ts";

/**
 * The order in which a row's names are shown to the judge: place → index in the row's output. Derived from the
 * content alone, so that every version, run and resume shows the same names in the same order.
 */
export function shownOrder(description: string, names: readonly string[]): number[] {
  const seed = seedOf(JSON.stringify([description, ...names]));
  return shuffled(
    mulberry32(seed),
    names.map((_, index) => index),
  );
}
