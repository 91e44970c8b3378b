import type { RehearsalResult } from "../../schema/rehearsal.ts";
import { formatBytes } from "../format/bytes.ts";
import { pluralize } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { formatSignificant } from "../format/number.ts";
import { mistral7b } from "../training/mistral7b.ts";

/** The answer of a rehearsal: whether a training fits, how long it takes, and what that is based on. */
export interface RehearsalWords {
  readonly fit: string;
  readonly time: string;
  readonly basis: string;
}

export function rehearsalWords(result: RehearsalResult): RehearsalWords {
  return { fit: fitWords(result), time: timeWords(result), basis: basisWords(result) };
}

function fitWords({ version, memory: { fits, needed, available, remedy } }: RehearsalResult): string {
  const training = `A training of dataset ${version}`;
  if (fits) {
    return `${training} fits on this machine: it needs about ${formatBytes(needed)} of ${formatBytes(available)}.`;
  }
  const short = `${training} doesn't fit on this machine: it needs about ${formatBytes(needed)}, but only ${formatBytes(available)} is free.`;
  return remedy === null
    ? `${short} Use a device with more memory.`
    : `${short} It fits in ${formatBytes(remedy.needed)} with ${remedy.changes.join(", ")}.`;
}

const omitted = "without loading, evaluations and the parity gate";

function timeWords({ memory, pace, steps, seconds }: RehearsalResult): string {
  if (pace.kind === "unclear" || seconds === null) {
    return "Couldn't estimate the time, because more layers weren't slower. Rehearse again when the machine is idle.";
  }
  const its = `Its ${pluralize(steps.most, "step")}`;
  const take = memory.fits ? "take" : "would take";
  const total = formatDuration(seconds);
  const each = stepDuration(pace.seconds);
  return pace.kind === "slower-than"
    ? `${its} ${take} more than ${total} (a step is slower than ${each}), ${omitted}.`
    : `${its} ${take} about ${total} (${each} per step), ${omitted}.`;
}

/** Steps on an accelerator take less than a second or a few. */
function stepDuration(seconds: number): string {
  return seconds < 10 ? `${formatSignificant(Number(seconds.toPrecision(2)))} s` : formatDuration(seconds);
}

function basisWords({ measured, device, longestRow, pace }: RehearsalResult): string {
  const counted = Math.min(...measured.map(({ stepSeconds }) => stepSeconds.length));
  const depths = measured.map(({ layers }) => String(layers)).join(" and ");
  const limit = formatDuration(measured.at(-1)?.limitSeconds ?? 0);
  const what = `with ${depths} of ${mistral7b.layers} layers and random weights`;
  const basis =
    pace.kind === "slower-than"
      ? `Two steps didn't end in ${limit} ${what}.`
      : `Measured ${pluralize(counted, "step")} ${what}.`;
  return `Device: ${device.words}. ${basis} The longest row has ${pluralize(longestRow, "token")}.`;
}
