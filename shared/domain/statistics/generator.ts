/** A seeded source of random 32-bit words. The same seed gives the same words on every machine. */
export interface Generator {
  /** Uniform over 0 … 2³² − 1. */
  nextWord(): number;
  /** Uniform over 0 … bound − 1 for a bound up to 2²¹; the bias of scaling a word is below bound / 2³². */
  below(bound: number): number;
  /** Fills the first `count` places as `below` would one by one, several times as fast. */
  fillBelow(places: Uint32Array, count: number, bound: number): void;
  /** Uniform over [0, 1) in steps of 2⁻⁵³. */
  unit(): number;
}

/** SplitMix32, which spreads a small seed over the whole state. */
function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
}

/**
 * xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), period
 * 2¹²⁸ − 1, seeded through SplitMix32. A class, for the sake of short commands: methods that were closures of each
 * generator would be compiled again for each.
 */
class Xoshiro implements Generator {
  // Signed words: those above 2³¹ would be kept as numbers on the heap.
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number) {
    const next = splitMix32(seed);
    this.#a = next() | 0;
    this.#b = next() | 0;
    this.#c = next() | 0;
    this.#d = next() | 1;
  }

  nextWord(): number {
    const b = this.#b;
    const scrambled = Math.imul(b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const c = this.#c ^ this.#a;
    const d = this.#d ^ b;
    this.#b = b ^ c;
    this.#a ^= d;
    this.#c = c ^ (b << 9);
    this.#d = (d << 11) | (d >>> 21);
    return result;
  }

  // The state in local variables: as fields it would be read from and written to memory.
  fillBelow(places: Uint32Array, count: number, bound: number): void {
    let [a, b, c, d] = [this.#a, this.#b, this.#c, this.#d];
    const scale = bound / 4294967296;
    for (let place = 0; place < count; place++) {
      const scrambled = Math.imul(b, 5);
      places[place] = (Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0) * scale;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  below(bound: number): number {
    return (this.nextWord() * (bound / 4294967296)) >>> 0;
  }

  unit(): number {
    return ((this.nextWord() >>> 5) * 67108864 + (this.nextWord() >>> 6)) / 9007199254740992;
  }
}

/** A generator seeded with any whole number, of which the low 32 bits are used. */
export function createGenerator(seed: number): Generator {
  return new Xoshiro(seed);
}
