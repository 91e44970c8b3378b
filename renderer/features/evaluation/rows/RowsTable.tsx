import { Checkbox, Group, Table, Text, UnstyledButton } from "@mantine/core";
import { isWrong } from "../../../../shared/domain/analysis/worst.ts";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { formatProbability } from "../../../../shared/domain/format/probability.ts";
import type { EvaluatedRow, RowSort } from "../../../../shared/schema/evaluationRows.ts";
import { rowText } from "../filterUrl.ts";
import { describeUnscored, failureLabels } from "../labels.ts";
import { messages } from "../messages.ts";
import { CorrectedMark } from "./CorrectedMark.tsx";

const { rows: text } = messages;

interface RowsTableProps {
  readonly rows: readonly EvaluatedRow[];
  readonly sort: RowSort;
  /** Numbers of the selected rows. */
  readonly chosen: ReadonlySet<number>;
  readonly current: { row: number; sample: number } | null;
  mayChoose(row: EvaluatedRow): boolean;
  onSort(sort: RowSort): void;
  onChoose(rows: ReadonlySet<number>): void;
  onOpen(row: EvaluatedRow): void;
}

/**
 * Lists rows with manual corrections applied and marked. A click anywhere opens a row; by keyboard, its description
 * does.
 */
export function RowsTable(props: RowsTableProps) {
  const { rows, sort, onSort, current } = props;
  return (
    <Table aria-label={text.table} layout="fixed" stickyHeader highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={36}>
            <SelectAll {...props} />
          </Table.Th>
          <SortHeader by="row" name={text.row} width={64} right sort={sort} onSort={onSort} />
          <Table.Th w="30%">{text.description}</Table.Th>
          <SortHeader by="slice" name={text.slice} width={140} wide sort={sort} onSort={onSort} />
          <Table.Th w={84}>{text.label}</Table.Th>
          <SortHeader by="worst" name={text.outcome} width={148} sort={sort} onSort={onSort} />
          <Table.Th>{text.names}</Table.Th>
          <SortHeader
            by="refusalProbability"
            name={text.refusalProbability}
            width={84}
            right
            wide
            sort={sort}
            onSort={onSort}
          />
          <SortHeader by="score" name={text.score} width={92} right sort={sort} onSort={onSort} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <RowLine
            key={rowText(row)}
            {...props}
            row={row}
            isCurrent={current?.row === row.row && current.sample === row.sample}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface SortHeaderProps {
  readonly by: RowSort["by"];
  readonly name: string;
  readonly width: number;
  readonly right?: boolean;
  /** Hidden in a narrow window; the row's details show it too. */
  readonly wide?: boolean;
  readonly sort: RowSort;
  onSort(sort: RowSort): void;
}

/** Sorts by its column, and reverses the order if it is already sorted. */
function SortHeader({ by, name, width, right = false, wide = false, sort, onSort }: SortHeaderProps) {
  const active = sort.by === by;
  const order = !active ? "none" : sort.descending ? "descending" : "ascending";
  return (
    <Table.Th
      w={width}
      ta={right ? "right" : "left"}
      aria-sort={order}
      {...(wide ? { visibleFrom: "lg" } : {})}
    >
      <UnstyledButton
        fz="sm"
        fw={600}
        onClick={() => onSort({ by, descending: active ? !sort.descending : false })}
      >
        {name}
        <span aria-hidden>{active ? (sort.descending ? " ↓" : " ↑") : ""}</span>
      </UnstyledButton>
    </Table.Th>
  );
}

function SelectAll({ rows, chosen, mayChoose, onChoose }: RowsTableProps) {
  const may = rows.filter(mayChoose).map(({ row }) => row);
  const all = may.length > 0 && may.every((row) => chosen.has(row));
  return (
    <Checkbox
      aria-label={text.selectAll}
      disabled={may.length === 0}
      checked={all}
      indeterminate={!all && may.some((row) => chosen.has(row))}
      onChange={() => {
        const next = new Set(chosen);
        for (const row of may)
          if (all) next.delete(row);
          else next.add(row);
        onChoose(next);
      }}
    />
  );
}

function RowLine({
  row,
  isCurrent,
  chosen,
  mayChoose,
  onChoose,
  onOpen,
}: RowsTableProps & { row: EvaluatedRow; isCurrent: boolean }) {
  const toggle = () => {
    const next = new Set(chosen);
    if (!next.delete(row.row)) next.add(row.row);
    onChoose(next);
  };
  return (
    <Table.Tr
      style={{ cursor: "pointer" }}
      onClick={({ target }) => {
        if (!(target as Element).closest("button, input, label")) onOpen(row);
      }}
      {...(isCurrent ? { bg: "var(--nw-sunken)", "aria-current": true } : {})}
    >
      <Table.Td>
        {mayChoose(row) ? (
          <Checkbox aria-label={text.select(rowText(row))} checked={chosen.has(row.row)} onChange={toggle} />
        ) : null}
      </Table.Td>
      <Table.Td ta="right">{rowText(row)}</Table.Td>
      <Table.Td>
        <UnstyledButton w="100%" display="block" onClick={() => onOpen(row)} data-row={rowText(row)}>
          <Text truncate title={row.description}>
            {row.description}
          </Text>
        </UnstyledButton>
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Text truncate>{row.slice ?? "–"}</Text>
      </Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap">
          {row.label ?? "–"}
          {row.overridden.label ? <CorrectedMark what="label" /> : null}
        </Group>
      </Table.Td>
      <Table.Td>
        <OutcomeLabel row={row} />
      </Table.Td>
      <Table.Td>
        <Text truncate title={row.names.join(", ")}>
          {row.names.join(", ")}
        </Text>
      </Table.Td>
      <Table.Td ta="right" visibleFrom="lg">
        {formatProbability(row.refusalProbability)}
      </Table.Td>
      <Table.Td ta="right" className={row.unscored === null ? "" : "nw-hatched"}>
        <Group gap={4} wrap="nowrap" justify="flex-end">
          {row.overridden.scores > 0 ? <CorrectedMark what="score" /> : null}
          <Text span truncate title={row.unscored?.detail}>
            {row.unscored === null ? formatNumber(row.score) : describeUnscored(row.unscored.reason)}
          </Text>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function OutcomeLabel({ row: { failure, outcome } }: { row: EvaluatedRow }) {
  if (!isWrong(failure) || failure === null) return outcome;
  return (
    <Text c="var(--nw-worse)" truncate>
      ✗ {failureLabels[failure]}
    </Text>
  );
}
