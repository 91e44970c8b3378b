import type { ControlResult, GateResult, PartVerdict } from "../../schema/parity.ts";
import { formatNumber } from "../format/number.ts";
import {
  type ControlPosition,
  differences,
  positionOnLine,
  rootMeanSquare,
  type SequenceEffect,
} from "./effect.ts";

type EffectResult = GateResult["effect"];

/** Halfway: a reference beyond it is nearer to the control than to the adapter. */
const halfway = 0.5;
/** Standard errors by which the reference must be nearer to the adapter: 95 % confidence, two-sided. */
const certainty = 2;
/** A difference within this many times the reference's own noise shows nothing. */
const noiseFactor = 3;

function verdictOn({ position, error }: ControlPosition, required: boolean): PartVerdict {
  if (position !== null && error !== null) {
    if (Math.abs(position) + certainty * error < halfway) return "passed";
    if (Math.abs(position) - certainty * error >= halfway) return "failed";
  }
  return required ? "failed" : "reported";
}

function worstOf(sequences: readonly SequenceEffect[]): EffectResult["worst"] {
  const agreements = sequences.flatMap((sequence) => {
    const size = rootMeanSquare([sequence.reference]);
    const agreement = 1 - rootMeanSquare(differences([sequence])) / size;
    return size === 0 ? [] : [{ description: sequence.description, agreement }];
  });
  return agreements.sort((a, b) => a.agreement - b.agreement)[0] ?? null;
}

/**
 * Decides whether the engine shows the adapter's effect. No threshold is a constant of a base: the reference must be
 * nearer to the adapter than to each control with 95 % confidence. It must not differ by more than half of the distance
 * to the nearest required control, or by more than its own rounding explains; an engine with quantized weights may,
 * because its rounding can't be measured.
 * @param noise  root mean square in nats of the rounding in the reference's effect; null: not measured, taken as 0
 * @param isQuantized  whether the engine's weights are quantized
 */
export function judgeEffect(
  sequences: readonly SequenceEffect[],
  controls: readonly { readonly name: string; readonly required: boolean }[],
  noise: number | null,
  isQuantized: boolean,
): EffectResult {
  const results = controls.map(({ name, required }, index): ControlResult => {
    const found = positionOnLine(sequences, index);
    return { name, ...found, verdict: verdictOn(found, required) };
  });
  const size = rootMeanSquare(sequences.map(({ reference }) => reference));
  const difference = rootMeanSquare(differences(sequences));
  const nearest = Math.min(
    ...results.filter((_, index) => controls[index]?.required).map(({ distance }) => distance),
  );
  const limit = isQuantized ? null : Math.max(nearest * halfway, noiseFactor * (noise ?? 0));
  const passed =
    (limit === null || difference <= limit) && results.every(({ verdict }) => verdict !== "failed");
  return {
    verdict: passed ? "passed" : "failed",
    agreement: size > (noise ?? 0) ? 1 - difference / size : null,
    size,
    difference,
    noise,
    limit,
    controls: results,
    worst: worstOf(sequences),
  };
}

function reasonAgainst({ name, distance, position, error, verdict }: ControlResult): string[] {
  if (verdict !== "failed") return [];
  if (position === null || error === null || Math.abs(position) < halfway)
    return [
      `the adapter's effect is too small to tell it from ${name} (${formatNumber(distance)} nats apart)`,
    ];
  const place = `${formatNumber(position, 2)} ± ${formatNumber(certainty * error, 2)}`;
  return [
    `the trainer's model isn't nearer to the engine's than to ${name}: at ${place} between the adapter (0) and it (1)`,
  ];
}

/** One sentence for each reason why the effect fails; none if it passes. */
export function reasonsAgainst(effect: EffectResult): string[] {
  if (effect.verdict !== "failed") return [];
  const { size, difference, limit, controls } = effect;
  const reasons = controls.flatMap(reasonAgainst);
  if (limit === null || difference <= limit) return reasons;
  return [
    `the adapter moves log-probabilities by ${formatNumber(size)} nats, and the engines differ by ${formatNumber(difference)}; at most ${formatNumber(limit)} is allowed`,
    ...reasons,
  ];
}
