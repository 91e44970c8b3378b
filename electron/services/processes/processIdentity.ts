import { createHash } from "node:crypto";
import { hostname } from "node:os";
import type { RunOwner } from "../../../shared/schema/run.ts";
import { isRunning, readProcessStart } from "./processStart.mjs";

/** The start of a process when the system doesn't provide it. */
const unknownStart = "unknown";

let own: Promise<RunOwner> | undefined;

/** Returns this process as recorded in `owner.json` and in locks. */
export function ownIdentity(): Promise<RunOwner> {
  own ??= readProcessStart(process.pid).then((startedAt) => ({
    pid: process.pid,
    startedAt: startedAt ?? unknownStart,
    host: hostname(),
  }));
  return own;
}

/** Whether the process that wrote the file is still alive. */
export async function isAlive(owner: RunOwner): Promise<boolean> {
  // Processes of another machine (in a shared folder) can't be checked, so they count as alive.
  if (owner.host !== hostname()) return true;
  if (!isRunning(owner.pid)) return false;
  if (owner.startedAt === unknownStart) return true;
  return (await readProcessStart(owner.pid)) === owner.startedAt;
}

const short = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** Returns a short tag of a process for file names: its ID, machine and start. */
export function identityTag({ pid, host, startedAt }: RunOwner): string {
  return `${pid}-${short(host)}-${short(startedAt)}`;
}

/**
 * Whether the process of a tag is known to be dead. Processes of other machines count as alive.
 */
export async function isTagDead(tag: string): Promise<boolean> {
  const [pid, host, startedAt] = tag.split("-");
  if (host !== short(hostname())) return false;
  if (!isRunning(Number(pid))) return true;
  const start = await readProcessStart(Number(pid));
  return startedAt !== short(unknownStart) && (start === null || short(start) !== startedAt);
}
