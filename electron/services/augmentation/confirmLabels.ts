import type { Label } from "../../../shared/schema/dataset.ts";
import type { FrozenLabel } from "../../../shared/schema/judge.ts";
import type { LabelConfirmation } from "../../../shared/schema/rowCell.ts";
import { type Freezing, freezeLabels, type LabelPlace } from "../judge/freezeLabels.ts";
import { readFrozenLabels, writeFrozenLabels } from "../judge/labelFiles.ts";
import type { Meter } from "../llm/meter.ts";

/** A row and the label that the LLM was asked to write it for. */
export interface AskedRow {
  readonly description: string;
  readonly label: Label;
}

export interface ConfirmedLabels {
  /** The label of each row in the test set, in order. Null: the frozen label of the judge counts. */
  readonly labels: readonly (Label | null)[];
  readonly confirmation: LabelConfirmation;
  readonly stoppedBy: Freezing["stoppedBy"];
}

type Decision = "confirmed" | "review" | "unconfirmed";

function decide(asked: Label, frozen: FrozenLabel | undefined): Decision {
  if (frozen === undefined || frozen.label === null) return "unconfirmed";
  return frozen.label === asked && new Set(frozen.votes).size === 1 ? "confirmed" : "review";
}

/** Marks a row for review, with what it was written as. */
function marked(frozen: FrozenLabel, asked: Label): FrozenLabel {
  const prefix = `written as ${asked}: `;
  const reason = frozen.reason.startsWith(prefix) ? frozen.reason : `${prefix}${frozen.reason}`;
  return { ...frozen, review: true, reason };
}

/**
 * Confirms labels with three judge calls per row. Where the majority isn't what was asked for, the judge's frozen label
 * counts and the row is marked for review, as is one on which the calls disagreed. A judge that can't label confirms
 * nothing.
 * @throws Failure `service-refused` or `cancelled`
 */
export async function confirmLabels(
  place: LabelPlace,
  rows: readonly AskedRow[],
  { meter, signal, now }: { readonly meter: Meter; readonly signal: AbortSignal; readonly now: () => Date },
): Promise<ConfirmedLabels> {
  const { files, file, judge, writing = (_purpose, body) => body() } = place;
  const who = `${judge.stamp.kind} ${judge.stamp.model ?? ""}`.trim();
  if (judge.labelDescription === undefined) {
    const confirmation = { judge: who, confirmed: 0, review: 0, unconfirmed: rows.length };
    return { labels: rows.map(({ label }) => label), confirmation, stoppedBy: null };
  }
  const descriptions = rows.map(({ description }) => description);
  const { stoppedBy } = await freezeLabels(place, descriptions, { meter, signal, now });
  const asked = new Map(rows.map(({ description, label }) => [description, label]));
  const frozen = new Map<string, FrozenLabel>();
  await writing("mark labels for review", async () => {
    const labels = (await readFrozenLabels(files, file)).map((label) => {
      const wanted = asked.get(label.description);
      return wanted !== undefined && decide(wanted, label) === "review" ? marked(label, wanted) : label;
    });
    for (const label of labels) frozen.set(label.description, label);
    if (labels.length > 0) await writeFrozenLabels(files, file, labels);
  });
  const decisions = rows.map(({ description, label }) => decide(label, frozen.get(description)));
  const count = (decision: Decision) => decisions.filter((one) => one === decision).length;
  return {
    labels: rows.map(({ description, label }) => {
      const judged = frozen.get(description)?.label ?? label;
      return judged === label ? label : null;
    }),
    confirmation: {
      judge: who,
      confirmed: count("confirmed"),
      review: count("review"),
      unconfirmed: count("unconfirmed"),
    },
    stoppedBy,
  };
}
