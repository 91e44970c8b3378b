import { Box, Text } from "@mantine/core";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import type { LiveRow, LiveRows } from "../../../../shared/schema/evaluationRows.ts";
import { Caption } from "../../../ui/Caption.ts";
import { DataTable, type TableColumn } from "../../../ui/DataTable.tsx";
import { describeUnscored } from "../labels.ts";
import { messages } from "../messages.ts";
import { shownRows } from "./useLiveRows.ts";

const { run: text } = messages;

interface LiveRowsTableProps {
  readonly rows: readonly LiveRow[];
  readonly latest: Omit<LiveRows, "rows"> | null;
}

const truncated = (value: string) => (
  <Text truncate title={value}>
    {value}
  </Text>
);

const columns: readonly TableColumn<LiveRow>[] = [
  {
    title: text.row,
    w: 56,
    ta: "right",
    cell: ({ row, sample }) => (sample === 0 ? row : `${row}.${sample}`),
  },
  { title: text.description, cell: ({ description }) => truncated(description) },
  { title: text.label, w: 80, cell: ({ label }) => label ?? "–" },
  { title: text.outcome, w: 88, cell: ({ outcome }) => outcome },
  { title: text.names, cell: ({ names }) => truncated(names.join(", ")) },
  {
    title: text.score,
    w: 112,
    ta: "right",
    td: ({ state }) => ({ className: state === "unscored" ? "nw-hatched" : "" }),
    cell: scoreOf,
  },
];

/** Lists the latest rows, newest first. Held-out rows are counted but hidden. */
export function LiveRowsTable({ rows, latest }: LiveRowsTableProps) {
  const heldout = latest?.heldout ?? 0;
  return (
    <Box>
      <Caption mb={4}>
        {text.recentRows(rows.length < shownRows ? null : shownRows)}
        {heldout > 0 ? text.hiddenRows(heldout) : ""}
      </Caption>
      <DataTable
        aria-label={text.table}
        layout="fixed"
        stickyHeader
        rows={rows}
        keyOf={({ row, sample }) => `${row}.${sample}`}
        columns={columns}
      />
    </Box>
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
