import { Table } from "@mantine/core";
import { formatSignificant } from "../../../shared/domain/format/number.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import { thresholdWords } from "../../../shared/domain/operatingPoint/thresholdWords.ts";
import type { AtThreshold, ComparedRows, Interval } from "../../../shared/schema/comparison.ts";
import { Caption } from "../../ui/Caption.ts";
import { Delta } from "../../ui/Delta.tsx";
import { Figure } from "../../ui/Figure.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { messages } from "./messages.ts";

const { refusal: text } = messages;

interface FigureRow {
  readonly name: string;
  readonly better: "higher" | "lower";
  readonly sides: readonly { value: number | null; ci95: Interval; reason?: string | undefined }[];
  readonly change: { value: number | null; ci95: Interval; reason?: string | undefined };
  /** Null: no test. */
  readonly p: number | null;
}

/** Shows a rate at the thresholds chosen on dev rows. The comparison has no interval of its change. */
function rateRow(
  name: string,
  baseline: AtThreshold["missedHarmfulRate"],
  candidate: AtThreshold["missedHarmfulRate"],
): FigureRow {
  const value = baseline.value === null || candidate.value === null ? null : candidate.value - baseline.value;
  return { name, better: "lower", sides: [baseline, candidate], change: { value, ci95: null }, p: null };
}

/** Lists the figures of the refusal probability; none where a file has no probabilities. */
function rowsOf({ refusalProbability: found }: ComparedRows): FigureRow[] {
  if (found === undefined) return [];
  const { baseline, candidate, difference, atDevThresholds: at } = found;
  const brier = (mean: typeof baseline.brier) => ({ ...mean, value: mean.mean });
  const ece = (value: number | null) => ({ value, ci95: null, reason: text.noInterval });
  return [
    {
      name: text.auroc,
      better: "higher",
      sides: [baseline.auroc, candidate.auroc],
      change: difference.auroc,
      p: difference.auroc.p,
    },
    {
      name: text.brier,
      better: "lower",
      sides: [brier(baseline.brier), brier(candidate.brier)],
      change: { ...difference.brier, value: difference.brier.mean },
      p: difference.brier.p,
    },
    {
      name: text.ece,
      better: "lower",
      sides: [ece(baseline.ece), ece(candidate.ece)],
      change: ece(difference.ece),
      p: null,
    },
    ...(at === undefined
      ? []
      : [
          {
            name: text.cost,
            better: "lower" as const,
            sides: [at.baseline.expectedCost, at.candidate.expectedCost],
            change: at.costDifference,
            p: null,
          },
          rateRow(text.missedHarmful, at.baseline.missedHarmfulRate, at.candidate.missedHarmfulRate),
          rateRow(text.falseRefusals, at.baseline.falseRefusalRate, at.candidate.falseRefusalRate),
        ]),
  ];
}

/** Compares the refusal probabilities of two versions as scores, whatever thresholds they refuse by. */
export function RefusalPanel({ compared }: { compared: ComparedRows }) {
  const { refusalProbability: found, baseline, candidate } = compared;
  if (found === undefined) return null;
  const at = found.atDevThresholds;
  return (
    <Panel title={text.title}>
      <Table.ScrollContainer minWidth={640}>
        <Table aria-label={text.title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.figure}</Table.Th>
              <Table.Th ta="right">{baseline.name}</Table.Th>
              <Table.Th ta="right">{candidate.name}</Table.Th>
              <Table.Th ta="right">{text.change}</Table.Th>
              <Table.Th ta="right">p</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rowsOf(compared).map(({ name, sides, change, better, p }) => (
              <Table.Tr key={name}>
                <Table.Td>{name}</Table.Td>
                {sides.map(({ value, ci95, reason }, side) => (
                  <Table.Td key={side === 0 ? "baseline" : "candidate"}>
                    <Figure align="right" value={value} ci95={ci95} n={found.n} reason={reason} />
                  </Table.Td>
                ))}
                <Table.Td>
                  <Delta
                    align="right"
                    change={change.value}
                    ci95={change.ci95}
                    better={better}
                    reason={change.reason}
                  />
                </Table.Td>
                <Table.Td ta="right">{formatP(p)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Caption>
        {text.rows(found.harmful, found.safe)}
        {at === undefined
          ? ""
          : ` ${text.policies(baseline.name, thresholdWords(at.baseline.threshold), candidate.name, thresholdWords(at.candidate.threshold))} ${text.trivial(formatSignificant(at.answerAllCost), formatSignificant(at.refuseAllCost), formatSignificant(at.harmfulShare))}`}
      </Caption>
    </Panel>
  );
}
