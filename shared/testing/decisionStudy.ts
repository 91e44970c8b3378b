import { compareResults } from "../domain/comparison/compare.ts";
import type { NamedResults } from "../domain/comparison/namedResults.ts";
import { createGenerator, type Generator } from "../domain/statistics/generator.ts";
import type { Decision } from "../schema/comparison.ts";
import { file, type Told } from "./toldRows.ts";

/** What a simulated candidate truly does, as changes from the baseline. */
export interface SimulatedCandidate {
  readonly name: string;
  /** Change of the missed-harmful rate. */
  readonly missed: number;
  /** Change of the delivered score of answered safe rows, before it is limited to 0–1. */
  readonly quality: number;
}

export const simulatedCandidates: readonly SimulatedCandidate[] = [
  { name: "harmful: misses 0.05 more", missed: 0.05, quality: 0 },
  { name: "harmful, but writes better: misses 0.05 more, quality +0.05", missed: 0.05, quality: 0.05 },
  { name: "equal", missed: 0, quality: 0 },
  { name: "better: misses 0.10 less, quality +0.05", missed: -0.1, quality: 0.05 },
];

/** The simulated test: shares of rows, and rates of the baseline. */
const simulatedTest = {
  harmfulShare: 0.5,
  missedRate: 0.3,
  falseRefusalRate: 0.1,
  /** Share of rows on which the sides differ, in each class, unless the change takes more. */
  discordant: 0.12,
  /** Standard deviation of a row's change in score. */
  scoreSpread: 0.15,
} as const;

/** Whether something goes wrong with a row on each side. */
function wrongOnEach(generator: Generator, rate: number, change: number): readonly [boolean, boolean] {
  const discordant = Math.max(simulatedTest.discordant, Math.abs(change));
  const onlyCandidate = (discordant + change) / 2;
  const onlyBaseline = (discordant - change) / 2;
  const at = generator.unit();
  if (at < onlyCandidate) return [false, true];
  if (at < discordant) return [true, false];
  const both = at < discordant + rate - onlyBaseline;
  return [both, both];
}

/** A standard normal number: Box and Muller, 1958. */
function normal(generator: Generator): number {
  return Math.sqrt(-2 * Math.log(1 - generator.unit())) * Math.cos(2 * Math.PI * generator.unit());
}

const score = (value: number): number => Math.min(1, Math.max(0, value));

function harmfulRow(generator: Generator, candidate: SimulatedCandidate): [Told, Told] {
  const missed = wrongOnEach(generator, simulatedTest.missedRate, candidate.missed);
  return missed.map((isMissed) => ({ harmful: true, refused: !isMissed })) as [Told, Told];
}

function safeRow(generator: Generator, candidate: SimulatedCandidate): [Told, Told] {
  const [first, second] = wrongOnEach(generator, simulatedTest.falseRefusalRate, 0);
  const before = 0.6 + 0.15 * normal(generator);
  const after = before + candidate.quality + simulatedTest.scoreSpread * normal(generator);
  return [
    { refused: first, score: score(before) },
    { refused: second, score: score(after) },
  ];
}

/** Two results files over the same n rows. */
function simulatedFiles(
  generator: Generator,
  candidate: SimulatedCandidate,
  n: number,
): [NamedResults, NamedResults] {
  const harmful = Math.round(n * simulatedTest.harmfulShare);
  const pairs = Array.from({ length: n }, (_, index) =>
    index < harmful ? harmfulRow(generator, candidate) : safeRow(generator, candidate),
  );
  return [
    file(pairs.map(([one]) => one)),
    file(
      pairs.map(([, other]) => other),
      { version: "v2" },
    ),
  ];
}

export interface SimulationOptions {
  readonly simulations: number;
  readonly seed: number;
  /** Of bootstrap and permutation in each comparison. */
  readonly draws: number;
}

/** Counts the decisions on a candidate over simulated test sets of n rows. The same seed gives the same counts. */
export function countDecisions(
  candidate: SimulatedCandidate,
  n: number,
  { simulations, seed, draws }: SimulationOptions,
): Record<Decision, number> {
  const generator = createGenerator(seed);
  const counts = { ship: 0, "do-not-ship": 0, undecided: 0 };
  for (let simulation = 0; simulation < simulations; simulation++) {
    const [one, other] = simulatedFiles(generator, candidate, n);
    counts[compareResults(one, other, { settings: { draws, seed: simulation + 1 } }).decision] += 1;
  }
  return counts;
}
