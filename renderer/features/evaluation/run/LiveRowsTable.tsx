import { Box, Table, Text } from "@mantine/core";
import { pluralize } from "../../../../shared/domain/format/count.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import type { LiveRow, LiveRows } from "../../../../shared/schema/evaluationRows.ts";
import { unscoredWords } from "../words.ts";
import { shownRows } from "./useLiveRows.ts";

interface LiveRowsTableProps {
  readonly rows: readonly LiveRow[];
  readonly latest: Omit<LiveRows, "rows"> | null;
}

/** The rows that came in last, newest first. The held-out ones are counted and not shown. */
export function LiveRowsTable({ rows, latest }: LiveRowsTableProps) {
  const heldout = latest?.heldout ?? 0;
  return (
    <Box>
      <Text size="xs" c="dimmed" mb={4}>
        {[
          `The ${rows.length < shownRows ? "" : `last ${shownRows} `}dev rows, newest first`,
          ...(heldout > 0
            ? [
                `${pluralize(heldout, "held-out row is", "held-out rows are")} done and ${heldout === 1 ? "stays" : "stay"} closed`,
              ]
            : []),
        ].join("; ")}
      </Text>
      <Table aria-label="Rows as they come in" layout="fixed" stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={56} ta="right">
              Row
            </Table.Th>
            <Table.Th>Description</Table.Th>
            <Table.Th w={80}>Label</Table.Th>
            <Table.Th w={88}>Outcome</Table.Th>
            <Table.Th>Names</Table.Th>
            <Table.Th w={112} ta="right">
              Score
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <LiveLine key={`${row.row}.${row.sample}`} row={row} />
          ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function LiveLine({ row }: { row: LiveRow }) {
  return (
    <Table.Tr>
      <Table.Td ta="right">{row.sample === 0 ? row.row : `${row.row}.${row.sample}`}</Table.Td>
      <Table.Td>
        <Text size="sm" truncate title={row.description}>
          {row.description}
        </Text>
      </Table.Td>
      <Table.Td>{row.label ?? "–"}</Table.Td>
      <Table.Td>{row.outcome}</Table.Td>
      <Table.Td>
        <Text size="sm" truncate title={row.names.join(", ")}>
          {row.names.join(", ")}
        </Text>
      </Table.Td>
      <Table.Td ta="right" className={row.state === "unscored" ? "nw-hatched" : ""}>
        {scoreOf(row)}
      </Table.Td>
    </Table.Tr>
  );
}

function scoreOf({ state, score, unscored }: LiveRow): string {
  switch (state) {
    case "waiting":
      return "…";
    case "unscored":
      return unscoredWords(unscored?.reason ?? "unscored");
    case "not-asked":
      return "–";
    case "scored":
      return formatNumber(score);
  }
}
