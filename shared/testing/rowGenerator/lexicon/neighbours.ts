import type { Business } from "./business.ts";
import { neighboursOfDeception } from "./neighboursDeception.ts";
import { neighboursOfGoods } from "./neighboursGoods.ts";
import { neighboursOfIntrusion } from "./neighboursIntrusion.ts";

/**
 * Safe businesses that use the words of a harmful topic, by topic (their `sector`): what a model that
 * refuses by the word alone gets wrong.
 */
export const safeNeighbours: ReadonlyMap<string, readonly Business[]> = Map.groupBy(
  [...neighboursOfGoods, ...neighboursOfDeception, ...neighboursOfIntrusion],
  (business) => business.sector,
);
