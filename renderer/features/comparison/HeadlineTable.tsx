import { ScrollArea, Table } from "@mantine/core";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import { describeSeeds } from "../../../shared/domain/report/seedWords.ts";
import type { ComparedRows, MetricComparison, SeedSpread } from "../../../shared/schema/comparison.ts";
import { Caption } from "../../ui/Caption.ts";
import { Delta } from "../../ui/Delta.tsx";
import { useVersionInk } from "../../ui/figures/screenPalette.ts";
import { MetricName } from "../../ui/MetricName.tsx";
import { describeRowsBehind } from "./headline.ts";
import { messages } from "./messages.ts";

interface HeadlineTableProps {
  readonly caption: string;
  /** One entry per candidate, all against the same baseline. */
  readonly compared: readonly ComparedRows[];
  /** Ids of the metrics to show, in order. */
  readonly metrics: readonly string[];
}

/** Shows metrics: the baseline first, then each candidate with its change, interval, and p. */
export function HeadlineTable({ caption, compared, metrics }: HeadlineTableProps) {
  const ink = useVersionInk();
  const [first] = compared;
  if (first === undefined) return null;
  const named = metrics.flatMap((id) => first.metrics.find((metric) => metric.id === id) ?? []);
  // Candidates may share different rows with the baseline, so that its value differs per pair.
  const alike = (id: string): boolean =>
    new Set(compared.map((rows) => metricOf(rows, id)?.baseline ?? null)).size === 1;
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": caption }}>
      <Table
        captionSide="top"
        w="auto"
        // Limited, because long rows are hard to follow.
        miw={`min(100%, ${420 + 380 * compared.length}px)`}
        highlightOnHover
      >
        <Table.Caption ta="left" mt={0}>
          {caption}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{messages.figures.figure}</Table.Th>
            <Table.Th ta="right" c="var(--nw-baseline)">
              {first.baseline.name}
            </Table.Th>
            {compared.map(({ candidate: { name } }, index) => (
              <CandidateHeaders key={name} name={name} ink={ink(index + 1)} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {named.map(({ id, name, baseline, spread }) => (
            <Table.Tr key={id} data-metric={id}>
              <Table.Td>
                <MetricName id={id} name={name} />
                <RowsBehind compared={compared} id={id} />
              </Table.Td>
              <Table.Td ta="right">
                {formatNumber(baseline)}
                <Seeds spread={spread?.baseline} />
                {alike(id) ? null : <Caption>{messages.figures.onRowsOf(first.candidate.name)}</Caption>}
              </Table.Td>
              {compared.map((rows) => (
                <CandidateCells key={rows.candidate.name} metric={metricOf(rows, id)} />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

function RowsBehind({ compared, id }: { compared: readonly ComparedRows[]; id: string }) {
  const text = describeRowsBehind(compared, id);
  return text === null ? null : <Caption>{text}</Caption>;
}

function metricOf(rows: ComparedRows, id: string): MetricComparison | undefined {
  return rows.metrics.find((metric) => metric.id === id);
}

function CandidateHeaders({ name, ink }: { name: string; ink: string }) {
  return (
    <>
      <Table.Th ta="right" c={ink}>
        {name}
      </Table.Th>
      <Table.Th ta="right">{messages.figures.change}</Table.Th>
      <Table.Th ta="right">p</Table.Th>
    </>
  );
}

/** Shows how the seeds of a version differ. */
function Seeds({ spread }: { spread: SeedSpread | undefined }) {
  if (spread === undefined || spread.seeds < 2) return null;
  return <Caption>{messages.figures.seeds(spread.seeds, describeSeeds(spread))}</Caption>;
}

function CandidateCells({ metric }: { metric: MetricComparison | undefined }) {
  if (metric === undefined)
    return (
      <Table.Td colSpan={3} ta="right" c="dimmed">
        {messages.figures.notShared}
      </Table.Td>
    );
  const { candidate, change, ci95, better, reason, p, spread } = metric;
  return (
    <>
      <Table.Td ta="right">
        {formatNumber(candidate)}
        <Seeds spread={spread?.candidate} />
      </Table.Td>
      <Table.Td ta="right">
        <Delta change={change} ci95={ci95} better={better} reason={reason} align="right" />
      </Table.Td>
      <Table.Td ta="right" c="dimmed">
        {formatP(p)}
      </Table.Td>
    </>
  );
}
