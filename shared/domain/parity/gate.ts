import type { EngineInfo, ForcedResult } from "../../schema/inference.ts";
import type { GateResult, ParityDifference, ParityReference, PartVerdict } from "../../schema/parity.ts";
import { formatNumber } from "../format/number.ts";
import { klDivergence, type SequenceEffect } from "./effect.ts";
import { judgeEffect, reasonsAgainst } from "./effectVerdict.ts";
import { firstDifference, isNearTie, nearTieMargin } from "./sequences.ts";

/** What the engine gave for the reference's sequences, in their order. */
export interface EngineMeasures {
  readonly engine: EngineInfo;
  readonly promptIds: readonly (readonly number[])[];
  /** Greedy completions with the end of text where it was reached. */
  readonly completionIds: readonly (readonly number[])[];
  readonly on: readonly ForcedResult[];
  readonly off: readonly ForcedResult[];
  readonly controls: readonly ControlMeasures[];
}

/** The engine's log-probabilities for a model that is wrong on purpose. */
export interface ControlMeasures {
  /** What is wrong, such as "half its scale". */
  readonly name: string;
  /** Whether the gate fails if it can't tell the adapter from this control. */
  readonly required: boolean;
  readonly on: readonly ForcedResult[];
}

const exactPrecisions: ReadonlySet<string> = new Set(["f16", "f32"]);
const unquantizedPrecisions: ReadonlySet<string> = new Set(["f16", "f32", "bf16"]);
/** A trainer in bfloat16 has steps of up to 0.125 between logits: its own greedy choice isn't a reference. */
const exactReferences: ReadonlySet<string> = new Set(["float32", "float16"]);

/** Whether neither side rounds its weights or logits much: then greedy decoding must be equal, not only be reported. */
function isExact(engine: EngineInfo, referencePrecision: string): boolean {
  return exactPrecisions.has(engine.precision.toLowerCase()) && exactReferences.has(referencePrecision);
}

function verdictOf(passed: boolean): PartVerdict {
  return passed ? "passed" : "failed";
}

function tokensPart(reference: ParityReference, measures: EngineMeasures): GateResult["tokens"] {
  const differences = reference.sequences.flatMap(({ description, promptIds }, index) => {
    const engine = measures.promptIds[index] ?? [];
    return firstDifference({ description, reference: promptIds, engine, margins: null }) ?? [];
  });
  return {
    verdict: verdictOf(differences.length === 0),
    equal: reference.sequences.length - differences.length,
    first: differences[0] ?? null,
  };
}

function greedyPart(reference: ParityReference, measures: EngineMeasures): GateResult["greedy"] {
  const differences: ParityDifference[] = reference.sequences.flatMap(
    ({ description, completionIds, margins }, index) => {
      const engine = measures.completionIds[index] ?? [];
      return firstDifference({ description, reference: completionIds, engine, margins }) ?? [];
    },
  );
  const nearTies = differences.filter(isNearTie).length;
  const [worst = null] = [...differences].sort((a, b) => (b.margin ?? Infinity) - (a.margin ?? Infinity));
  const decides = isExact(measures.engine, reference.precision);
  return {
    verdict: decides ? verdictOf(nearTies === differences.length) : "reported",
    equal: reference.sequences.length - differences.length,
    nearTies,
    worst,
  };
}

/** The adapter's effect per id of one sequence: log-probability with it − without it. */
function effectOf(on: ForcedResult | undefined, off: ForcedResult | undefined): number[] {
  return (on?.positions ?? []).flatMap(({ logprobs }, position) =>
    logprobs.map((value, index) => value - (off?.positions[position]?.logprobs[index] ?? Number.NaN)),
  );
}

function effectPart(reference: ParityReference, measures: EngineMeasures): GateResult["effect"] {
  const { on, off, controls } = measures;
  const sequences = reference.sequences.map(
    ({ description, positions }, index): SequenceEffect => ({
      description,
      reference: positions.flatMap((position) =>
        position.on.map((value, id) => value - (position.off[id] ?? Number.NaN)),
      ),
      engine: effectOf(on[index], off[index]),
      controls: controls.map((control) => effectOf(control.on[index], off[index])),
    }),
  );
  const isQuantized = !unquantizedPrecisions.has(measures.engine.precision.toLowerCase());
  return judgeEffect(sequences, controls, reference.noise, isQuantized);
}

function distributionPart(reference: ParityReference, measures: EngineMeasures): GateResult["distribution"] {
  const compared = reference.sequences.flatMap((sequence, index) =>
    sequence.positions.map(({ ids, on }, position) => {
      const engine = measures.on[index]?.positions[position];
      return { best: ids[0], on, engineBest: engine?.best, engineOn: engine?.logprobs ?? [] };
    }),
  );
  const kls = compared.map(({ on, engineOn }) => klDivergence(on, engineOn));
  const differences = compared.flatMap(({ on, engineOn }) =>
    on.map((logprob, index) => Math.abs(logprob - (engineOn[index] ?? Number.NaN))),
  );
  const same = compared.filter(({ best, engineBest }) => best === engineBest).length;
  return {
    meanKl: kls.reduce((sum, kl) => sum + kl, 0) / Math.max(1, kls.length),
    maxKl: kls.reduce((max, kl) => Math.max(max, kl), 0),
    topAgreement: compared.length === 0 ? null : same / compared.length,
    maxLogprobDifference: differences.reduce((max, value) => Math.max(max, value), 0),
  };
}

function at(difference: ParityDifference): string {
  const { position, reference, engine, margin, description } = difference;
  const shown = (id: number | null): string => (id === null ? "nothing" : String(id));
  const tie =
    margin === null ? "" : ` (logit margin ${formatNumber(margin)}, allowed below ${nearTieMargin})`;
  return `at position ${position} of "${description}": ${shown(reference)} in the trainer, ${shown(engine)} in the engine${tie}`;
}

function reasonsOf({ tokens, greedy, effect, sequences }: Omit<GateResult, "passed" | "reasons">): string[] {
  const reasons: string[] = [];
  if (sequences === 0) reasons.push("the reference has no sequences");
  if (tokens.verdict === "failed" && tokens.first !== null) {
    reasons.push(
      `prompt ids differ in ${sequences - tokens.equal} of ${sequences} sequences, first ${at(tokens.first)}`,
    );
  }
  if (greedy.verdict === "failed" && greedy.worst !== null) {
    reasons.push(
      `greedy completions differ in ${sequences - greedy.equal} of ${sequences}, worst ${at(greedy.worst)}`,
    );
  }
  reasons.push(...reasonsAgainst(effect));
  return reasons;
}

/** Decides the gate: parts 1 and 3 always, part 2 at f16 and f32 (of a trainer in f16 or f32); the rest is reported. */
export function decideGate(reference: ParityReference, measures: EngineMeasures): GateResult {
  const parts = {
    engine: measures.engine,
    referencePrecision: reference.precision,
    sequences: reference.sequences.length,
    positions: reference.sequences.reduce((sum, { positions }) => sum + positions.length, 0),
    tokens: tokensPart(reference, measures),
    greedy: greedyPart(reference, measures),
    effect: effectPart(reference, measures),
    distribution: distributionPart(reference, measures),
  };
  const reasons = reasonsOf(parts);
  const failed = [parts.tokens, parts.greedy, parts.effect].some(({ verdict }) => verdict === "failed");
  return { ...parts, passed: !failed && parts.sequences > 0, reasons };
}
