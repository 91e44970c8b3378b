import { Stack, Text } from "@mantine/core";
import { formatCount } from "../../../shared/domain/format/count.ts";
import {
  formatInterval,
  formatNumber,
  formatQuantity,
  formatSigned,
  formatSignedInterval,
} from "../../../shared/domain/format/number.ts";
import { formatP } from "../../../shared/domain/format/probability.ts";
import { guardNames, limitNames, primaryName } from "../../../shared/domain/report/decisionWords.ts";
import type { Comparison, Guard, RowsRange } from "../../../shared/schema/comparison.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { messages } from "./messages.ts";

const { rules: text } = messages;

const formatRows = (rows: number | null): string => (rows === null ? "–" : formatCount(rows));
const formatRange = (range: RowsRange): string =>
  range === null
    ? "–"
    : `${formatRows(range[0])} ${range[1] === null ? text.orMore : `to ${formatRows(range[1])}`}`;
const nowrap = { style: { whiteSpace: "nowrap" } } as const;

/** Shows the primary outcomes and the guards that decide. */
export function RuleTables({ comparison }: { comparison: Comparison }) {
  const { primaries, guards, limits, baseline, candidate, difference } = comparison;
  const { onlyBaselineCorrect, onlyCandidateCorrect, bothCorrect, neitherCorrect } = difference.mcnemar;
  return (
    <Stack gap={12} pt={8}>
      <DataTable
        captionSide="top"
        w="auto"
        caption={text.primaries(comparison.alpha)}
        rows={primaries}
        keyOf={({ id }) => id}
        columns={[
          { title: text.primary, cell: ({ id }) => primaryName(id, comparison.difference.mcnemar) },
          { title: text.difference, ta: "right", cell: (one) => formatSigned(one.difference) },
          { title: text.p, ta: "right", cell: (one) => formatP(one.p) },
          { title: text.adjustedP, ta: "right", cell: (one) => formatP(one.adjustedP) },
          { title: text.rowsForPower, ta: "right", cell: (one) => formatRows(one.rowsNeeded) },
          { title: text.rowsRange, ta: "right", td: nowrap, cell: (one) => formatRange(one.rowsNeededRange) },
          { title: text.smallest, ta: "right", cell: (one) => formatNumber(one.smallestDifference) },
          { title: text.verdict, cell: ({ verdict }) => verdict.replaceAll("-", " ") },
        ]}
      />
      <Text c="dimmed">
        Safety by row: only {candidate.name} correct {formatQuantity(onlyCandidateCorrect)}, only{" "}
        {baseline.name} correct {formatQuantity(onlyBaselineCorrect)}, both {formatQuantity(bothCorrect)},
        neither {formatQuantity(neitherCorrect)}.
      </Text>
      <DataTable
        captionSide="top"
        w="auto"
        caption={text.guards(comparison.alpha)}
        rows={guards}
        keyOf={({ id }) => id}
        columns={[
          { title: text.guard, td: nowrap, cell: ({ id }) => guardNames[id] },
          { title: text.rows, ta: "right", cell: ({ rows }) => formatCount(rows) },
          { title: text.margin, ta: "right", cell: ({ margin }) => formatSigned(margin) },
          { title: text.difference, ta: "right", cell: (guard) => formatSigned(guard.difference) },
          { title: text.interval, ta: "right", td: nowrap, cell: ({ ci95 }) => formatSignedInterval(ci95) },
          ...(comparison.alpha === 0.05
            ? []
            : [
                {
                  title: text.guardInterval(comparison.alpha),
                  ta: "right" as const,
                  td: nowrap,
                  cell: ({ interval }: Guard) => formatSignedInterval(interval),
                },
              ]),
          { title: text.rowsForPower, ta: "right", cell: (guard) => formatRows(guard.rowsNeeded) },
          {
            title: text.rowsRange,
            ta: "right",
            td: nowrap,
            cell: (guard) => formatRange(guard.rowsNeededRange),
          },
          {
            title: text.verdict,
            cell: ({ verdict, reason }) =>
              `${verdict.replaceAll("-", " ")}${reason === undefined ? "" : `: ${reason}`}`,
          },
        ]}
      />
      {limits.length === 0 ? null : (
        <DataTable
          captionSide="top"
          w="auto"
          caption={text.limits}
          rows={limits}
          keyOf={({ id }) => id}
          columns={[
            { title: text.limitOn, td: nowrap, cell: ({ id }) => limitNames[id] },
            { title: text.rows, ta: "right", cell: ({ rows }) => formatCount(rows) },
            { title: text.limit, ta: "right", cell: ({ limit }) => formatNumber(limit) },
            { title: candidate.name, ta: "right", cell: ({ value }) => formatNumber(value) },
            { title: text.interval, ta: "right", td: nowrap, cell: ({ ci95 }) => formatInterval(ci95) },
            {
              title: text.verdict,
              cell: ({ verdict, reason }) => (reason === undefined ? verdict : `${verdict}: ${reason}`),
            },
          ]}
        />
      )}
    </Stack>
  );
}
