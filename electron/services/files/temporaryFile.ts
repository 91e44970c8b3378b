import path from "node:path";

let number = 0;

/**
 * Returns a name next to `target` for an incomplete file. It identifies the writing process, so that leftovers of dead
 * processes can be recognized.
 */
export function temporaryBeside(target: string, writerTag: string): string {
  number += 1;
  return path.join(path.dirname(target), `.${path.basename(target)}.${writerTag}.${number}.tmp`);
}

/** Returns the writer's tag and the target's name, or null if the name isn't one of our temporary names. */
export function parseTemporary(name: string): { of: string; writerTag: string } | null {
  const match = /^\.(.+)\.(\d+-[0-9a-f]{8}-[0-9a-f]{8})\.\d+\.tmp$/.exec(name);
  return match?.[1] === undefined || match[2] === undefined ? null : { of: match[1], writerTag: match[2] };
}
