import { Box, Table, Text } from "@mantine/core";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import type { LiveRow, LiveRows } from "../../../../shared/schema/evaluationRows.ts";
import { Caption } from "../../../ui/Caption.ts";
import { describeUnscored } from "../labels.ts";
import { messages } from "../messages.ts";
import { shownRows } from "./useLiveRows.ts";

const { run: text } = messages;

interface LiveRowsTableProps {
  readonly rows: readonly LiveRow[];
  readonly latest: Omit<LiveRows, "rows"> | null;
}

/** Lists the latest rows, newest first. Held-out rows are counted but hidden. */
export function LiveRowsTable({ rows, latest }: LiveRowsTableProps) {
  const heldout = latest?.heldout ?? 0;
  return (
    <Box>
      <Caption mb={4}>
        {text.recentRows(rows.length < shownRows ? null : shownRows)}
        {heldout > 0 ? text.hiddenRows(heldout) : ""}
      </Caption>
      <Table aria-label={text.table} layout="fixed" stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={56} ta="right">
              {text.row}
            </Table.Th>
            <Table.Th>{text.description}</Table.Th>
            <Table.Th w={80}>{text.label}</Table.Th>
            <Table.Th w={88}>{text.outcome}</Table.Th>
            <Table.Th>{text.names}</Table.Th>
            <Table.Th w={112} ta="right">
              {text.score}
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
        <Text truncate title={row.description}>
          {row.description}
        </Text>
      </Table.Td>
      <Table.Td>{row.label ?? "–"}</Table.Td>
      <Table.Td>{row.outcome}</Table.Td>
      <Table.Td>
        <Text truncate title={row.names.join(", ")}>
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
      return describeUnscored(unscored?.reason ?? "unscored");
    case "not-asked":
      return "–";
    case "scored":
      return formatNumber(score);
  }
}
