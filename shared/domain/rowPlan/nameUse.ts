/** How many names of the new rows may begin or end alike. */
const mostAlike = 3;
/** Number of letters that count as a name's beginning or ending. */
const compared = 4;

/**
 * Returns the beginning of a name's first word and the ending of its last, of at most four letters, such as `brea-` and
 * `-nest` for "bread-nest" and "breadnest". Digits don't count.
 */
export function nameEnds(name: string): string[] {
  const words = name
    .split("-")
    .map((word) => word.replaceAll(/\d/g, ""))
    .filter((word) => word !== "");
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  return [`${first.slice(0, compared)}-`, `-${last.slice(-compared)}`];
}

/** The names that are taken: no name may appear in two rows, and at most three new names may begin or end alike. */
export class NameUse {
  readonly #names: Set<string>;
  readonly #ends = new Map<string, number>();

  /** `existing` are the names of the dataset that the new rows extend. They don't count as beginnings or endings. */
  constructor(existing: Iterable<string>) {
    this.#names = new Set(existing);
  }

  /** Returns why these names can't be used together, or null. */
  objection(names: readonly string[]): string | null {
    const repeated = names.find((name) => this.#names.has(name));
    if (repeated !== undefined) return `repeats the name ${repeated} of another row`;
    const counts = new Map<string, number>();
    for (const end of names.flatMap(nameEnds)) {
      const count = 1 + (counts.get(end) ?? this.#ends.get(end) ?? 0);
      if (count > mostAlike) return `uses ${end} in more than ${mostAlike} names`;
      counts.set(end, count);
    }
    return null;
  }

  add(names: readonly string[]): void {
    for (const name of names) this.#names.add(name);
    for (const end of names.flatMap(nameEnds)) this.#ends.set(end, 1 + (this.#ends.get(end) ?? 0));
  }

  /** Returns the beginnings and endings that no further name may have. */
  exhausted(): string[] {
    return [...this.#ends].filter(([, count]) => count >= mostAlike).map(([end]) => end);
  }
}
