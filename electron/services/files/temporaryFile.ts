import path from "node:path";

let number = 0;

/**
 * A name beside `target` for what is not whole yet. It tells the process that writes it, so that what a dead one left
 * can be told from what a living one is writing.
 */
export function temporaryBeside(target: string, writerTag: string): string {
  number += 1;
  return path.join(path.dirname(target), `.${path.basename(target)}.${writerTag}.${number}.tmp`);
}

/** The writer's tag and the file it was to become; null where the name is none of our temporary ones. */
export function parseTemporary(name: string): { of: string; writerTag: string } | null {
  const match = /^\.(.+)\.(\d+-[0-9a-f]{8}-[0-9a-f]{8})\.\d+\.tmp$/.exec(name);
  return match?.[1] === undefined || match[2] === undefined ? null : { of: match[1], writerTag: match[2] };
}
