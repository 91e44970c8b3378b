import type { Generator } from "./generator.ts";

const members = 4;
const subsets = 2 ** members;

/**
 * Sums of rows over random subsets. The sums of all sixteen subsets of each four rows are worked out once (the
 * "method of four Russians", Arlazarov and others, 1970), so that four random bits cost one addition.
 */
export class QuartetSums {
  readonly #quartets: number;
  /** By column, then quartet, then subset. */
  readonly #sums: readonly Float64Array[];
  readonly #drawn: Float64Array;

  /** `rows`: row-major, `width` numbers each, of which `columns` are summed. */
  constructor(rows: Float64Array, width: number, columns: readonly number[]) {
    const count = rows.length / width;
    this.#quartets = Math.ceil(count / members);
    this.#drawn = new Float64Array(columns.length);
    this.#sums = columns.map((column) => {
      const sums = new Float64Array(this.#quartets * subsets);
      for (let row = 0; row < count; row++) {
        const first = (row >> 2) * subsets;
        const bit = 1 << (row & 3);
        for (let subset = 0; subset < subsets; subset++) {
          if ((subset & bit) === 0) continue;
          sums[first + subset] = (sums[first + subset] as number) + (rows[row * width + column] as number);
        }
      }
      return sums;
    });
  }

  /** The sums, in the order of the columns, over a subset that each row is in with probability ½. Overwritten by the next. */
  draw(generator: Generator): Float64Array {
    this.#drawn.fill(0);
    for (let quartet = 0; quartet < this.#quartets; quartet += 8) {
      const word = generator.nextWord();
      const end = Math.min(this.#quartets, quartet + 8);
      for (let column = 0; column < this.#sums.length; column++) {
        const sums = this.#sums[column] as Float64Array;
        let sum = this.#drawn[column] as number;
        for (let at = quartet, bits = word; at < end; at++, bits >>>= members) {
          sum += sums[at * subsets + (bits & (subsets - 1))] as number;
        }
        this.#drawn[column] = sum;
      }
    }
    return this.#drawn;
  }
}
