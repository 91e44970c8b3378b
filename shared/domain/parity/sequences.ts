import type { ParityDifference } from "../../schema/parity.ts";

/** A reference sequence and what the engine made of it. */
export interface ComparedIds {
  readonly description: string;
  readonly reference: readonly number[];
  readonly engine: readonly number[];
  /** Margins of the reference by position; null for prompts. */
  readonly margins: readonly number[] | null;
}

/** Where the two first differ; null where they are equal. */
export function firstDifference({
  description,
  reference,
  engine,
  margins,
}: ComparedIds): ParityDifference | null {
  const length = Math.max(reference.length, engine.length);
  for (let position = 0; position < length; position++) {
    if (reference[position] === engine[position]) continue;
    return {
      description,
      position,
      reference: reference[position] ?? null,
      engine: engine[position] ?? null,
      margin: margins?.[position] ?? null,
    };
  }
  return null;
}

/** A difference where the reference's best two logits are closer than this is a near tie, not a defect. */
export const nearTieMargin = 0.05;

/** A side that has ended, or gave nothing, isn't a near tie: the end of text has its own id. */
export function isNearTie({ margin, reference, engine }: ParityDifference): boolean {
  return margin !== null && margin < nearTieMargin && reference !== null && engine !== null;
}
