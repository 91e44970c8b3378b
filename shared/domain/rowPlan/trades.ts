import type { Trade } from "../../schema/rowCell.ts";
import { keywords } from "../dataset/keywords.ts";
import { omittedTopicIn } from "./omitted.ts";

/** The fewest trades that make a plan diverse. */
export const fewestTrades = 8;
/** The most trades that are asked for in one call. */
const mostTrades = 100;

/** Returns how many trades to ask for, so that few safe cells share one. */
export function tradesFor(safeRows: number): number {
  return Math.min(mostTrades, Math.max(2 * fewestTrades, safeRows));
}

/** In characters. A longer text is a description, not a trade. */
const longestTrade = 80;

/**
 * Returns the usable trades of a taxonomy in its order: short, with a content word, not about an omitted topic, and each
 * only once however it is inflected.
 */
export function usableTrades(trades: readonly Trade[], omit: readonly string[]): Trade[] {
  const omitted = omittedTopicIn(omit);
  const known = new Set<string>();
  const usable: Trade[] = [];
  for (const { trade, sector } of trades.slice(0, 2 * mostTrades)) {
    const one = {
      trade: trade.trim().slice(0, longestTrade + 1),
      sector: sector.trim().slice(0, longestTrade),
    };
    const key = keywords(one.trade).sort().join(" ");
    if (key === "" || one.trade.length > longestTrade || known.has(key)) continue;
    if (omitted(`${one.trade} ${one.sector}`) !== null) continue;
    known.add(key);
    usable.push(one);
  }
  return usable.slice(0, mostTrades);
}
