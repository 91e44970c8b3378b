import { createHash } from "node:crypto";
import { hostname } from "node:os";
import type { RunOwner } from "../../../shared/schema/run.ts";
import { isRunning, readProcessStart } from "./processStart.mjs";

/** Stands for the start of a process where the system does not tell it. */
const unknownStart = "unknown";

let own: Promise<RunOwner> | undefined;

/** This process, as it stands in `owner.json` and in locks. */
export function ownIdentity(): Promise<RunOwner> {
  own ??= readProcessStart(process.pid).then((startedAt) => ({
    pid: process.pid,
    startedAt: startedAt ?? unknownStart,
    host: hostname(),
  }));
  return own;
}

/** True where the owner is the very process that wrote the file, and it still lives on this machine. */
export async function isAlive(owner: RunOwner): Promise<boolean> {
  // A folder shared between machines: we cannot see the other's processes, so we believe its word.
  if (owner.host !== hostname()) return true;
  if (!isRunning(owner.pid)) return false;
  if (owner.startedAt === unknownStart) return true;
  return (await readProcessStart(owner.pid)) === owner.startedAt;
}

const short = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** A process in a few characters that fit into a file's name: its id, its machine and its start. */
export function identityTag({ pid, host, startedAt }: RunOwner): string {
  return `${pid}-${short(host)}-${short(startedAt)}`;
}

/**
 * Whether the process of a tag is known to be gone. Of another machine's we know nothing: it counts as there.
 */
export async function isTagDead(tag: string): Promise<boolean> {
  const [pid, host, startedAt] = tag.split("-");
  if (host !== short(hostname())) return false;
  if (!isRunning(Number(pid))) return true;
  const start = await readProcessStart(Number(pid));
  return startedAt !== short(unknownStart) && (start === null || short(start) !== startedAt);
}
