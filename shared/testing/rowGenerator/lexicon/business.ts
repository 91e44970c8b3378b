/** A kind of business as the grammar needs it. `verbs` are infinitives that take `things` as their object. */
export interface Business {
  readonly sector: string;
  /** Singular nouns that one can put `a` or `an` before. */
  readonly kinds: readonly string[];
  /** What it makes, sells or looks after: plurals or mass nouns. */
  readonly things: readonly string[];
  readonly verbs: readonly string[];
  /** Plurals. */
  readonly customers: readonly string[];
}

function words(cell: string | undefined, line: string): string[] {
  const found = (cell ?? "").split(",").map((word) => word.trim());
  if (found.some((word) => word === "")) throw new Error(`a lexicon line lacks a word: ${line}`);
  return found;
}

/**
 * Reads lexicon lines: `kinds | things | verbs | customers`, commas within a cell.
 * Throws where a line lacks a cell, so that a slip in a lexicon fails the first import.
 */
export function businesses(sector: string, lines: readonly string[]): Business[] {
  return lines.map((line) => {
    const cells = line.split("|");
    if (cells.length !== 4) throw new Error(`a lexicon line has four cells: ${line}`);
    const [kinds, things, verbs, customers] = cells.map((cell) => words(cell, line)) as [
      string[],
      string[],
      string[],
      string[],
    ];
    return { sector, kinds, things, verbs, customers };
  });
}
