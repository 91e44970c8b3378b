/**
 * The seed of one attempt at one row: depends on nothing but these three, so that order, batch and resume change
 * nothing. FNV-1a over the text, then the finalizer of MurmurHash3 (Appleby, 2011). Result in 0…2³²−1.
 */
export function rowSeed(runSeed: number, row: string | number, attempt: number): number {
  let hash = 0x811c9dc5;
  for (const char of `${runSeed}|${row}|${attempt}`) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return mixed(hash);
}

function mixed(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number in [0, 1) for the token at `position` of the row with this seed (24 bits of it). */
export function uniformAt(seed: number, position: number): number {
  return (mixed((seed + Math.imul(position + 1, 0x9e3779b9)) | 0) >>> 8) / 2 ** 24;
}
