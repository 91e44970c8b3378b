/** A source of uniform numbers in [0, 1). Everything random here takes one, so that a seed repeats it. */
export interface Random {
  next(): number;
}

/**
 * Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, period 2^32. Good enough to choose words;
 * not for statistics, which have their own generator.
 */
export function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return {
    next() {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    },
  };
}

/** FNV-1a over UTF-16 code units: a 32-bit seed from a text, stable across machines. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A whole number from 0 to `bound` − 1. */
export function below(random: Random, bound: number): number {
  return Math.floor(random.next() * bound);
}

/** True with the given probability (0–1). */
export function chance(random: Random, probability: number): boolean {
  return random.next() < probability;
}

/** One of the choices, each as likely as the others. Throws RangeError where there is none. */
export function pick<T>(random: Random, choices: readonly T[]): T {
  const chosen = choices[below(random, choices.length)];
  if (chosen === undefined) throw new RangeError("nothing to pick from");
  return chosen;
}

/** The choices in random order (Fisher–Yates on a copy). */
export function shuffled<T>(random: Random, choices: readonly T[]): T[] {
  const order = [...choices];
  for (let last = order.length - 1; last > 0; last--) {
    const other = below(random, last + 1);
    const held = order[last] as T;
    order[last] = order[other] as T;
    order[other] = held;
  }
  return order;
}

/** `count` different choices, or all of them where there are fewer. */
export function pickSome<T>(random: Random, choices: readonly T[], count: number): T[] {
  return shuffled(random, choices).slice(0, count);
}
