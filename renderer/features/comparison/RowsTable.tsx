import { Badge, Box, Group, ScrollArea, Table, Text } from "@mantine/core";
import { formatNumber, formatSigned } from "../../../shared/domain/format/number.ts";
import type { AlignedRow, AlignedSide, RowVerdict } from "../../../shared/schema/alignedRows.ts";
import { Caption } from "../../ui/Caption.ts";
import { useVersionInk } from "../../ui/figures/screenPalette.ts";
import { messages, verdictLabels } from "./messages.ts";

interface RowsTableProps {
  readonly rows: readonly AlignedRow[];
  readonly names: { readonly baseline: string; readonly candidate: string };
  /** The candidate's position among the versions on screen, which sets its color. */
  readonly place: number;
  readonly scoreName: string | null;
  /** Whether rows are split into dev and held-out rows. Rows in the study's format are not. */
  readonly halves: boolean;
}

const verdictInks: Record<RowVerdict, string> = {
  improved: "var(--nw-better)",
  regressed: "var(--nw-worse)",
  changed: "var(--nw-noise)",
  same: "var(--nw-noise)",
  unmatched: "var(--nw-noise)",
};

/** Shows the outputs of two versions for each row, side by side. */
export function RowsTable({ rows, names, place, scoreName, halves }: RowsTableProps) {
  const ink = useVersionInk();
  const label = messages.rows.tableLabel;
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}>
      <Table miw={760} layout="fixed" highlightOnHover aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="30%">{messages.rows.description}</Table.Th>
            <Table.Th c="var(--nw-baseline)">{names.baseline}</Table.Th>
            <Table.Th c={ink(place)}>{names.candidate}</Table.Th>
            <Table.Th w={170} ta="right">
              {scoreName === null ? messages.rows.change : messages.rows.changeOf(scoreName)}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Row key={`${row.baseline?.row ?? "–"} ${row.candidate?.row ?? "–"}`} row={row} halves={halves} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

function Row({ row, halves }: { row: AlignedRow; halves: boolean }) {
  const { description, slice, split, baseline, candidate, change, verdict, safetyChanged } = row;
  const label = (baseline ?? candidate)?.label;
  return (
    <Table.Tr data-verdict={verdict} style={{ verticalAlign: "top" }}>
      <Table.Td>
        <Text lineClamp={3} title={description} style={{ overflowWrap: "anywhere" }}>
          {description}
        </Text>
        <Caption>
          {[
            label ?? messages.rows.unlabelled,
            slice,
            halves && (split === "heldout" ? messages.rows.heldout : messages.rows.dev),
          ]
            .filter(Boolean)
            .join(" · ")}
        </Caption>
      </Table.Td>
      <Table.Td>
        <Side side={baseline} />
      </Table.Td>
      <Table.Td>
        <Side side={candidate} />
      </Table.Td>
      <Table.Td ta="right">
        <Text c={verdictInks[verdict]}>{verdictLabels[verdict]}</Text>
        {change === null ? null : <Caption>{formatSigned(change)}</Caption>}
        {safetyChanged ? (
          <Badge color="gray" mt={2}>
            {messages.rows.safetyChanged}
          </Badge>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

/** Lists names. Lines break between names, not at the hyphens inside them. */
function Names({ names }: { names: readonly string[] }) {
  return names.map((name, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a model may repeat a name, and names keep their order
    <span key={`${index} ${name}`}>
      <span style={name.length > 24 ? undefined : { whiteSpace: "nowrap" }}>{name}</span>
      {index < names.length - 1 ? ", " : ""}
    </span>
  ));
}

/** Shows one version's output (names, a refusal, or malformed text) with its score or why it is unscored. */
function Side({ side }: { side: AlignedSide | null }) {
  if (side === null) return <Text c="dimmed">{messages.rows.notInFile}</Text>;
  const { outcome, names, score, unscored, cell, samples } = side;
  const wrong = cell === "missed_inappropriate" || cell === "false_positive_inappropriate";
  return (
    <Box>
      {outcome === "answered" ? (
        <Text style={{ overflowWrap: "anywhere" }}>
          {names.length === 0 ? messages.rows.namesNotInFile : <Names names={names} />}
        </Text>
      ) : (
        <Text fs="italic" style={{ overflowWrap: "anywhere" }}>
          {outcome === "refused" ? messages.rows.refused : messages.rows.malformed(names.join(", "))}
        </Text>
      )}
      <Group gap={8}>
        {wrong ? (
          <Text size="xs" c="var(--nw-worse)">
            ✗ {cell === "missed_inappropriate" ? messages.rows.missedHarmful : messages.rows.falseRefusal}
          </Text>
        ) : null}
        <Caption className={unscored === null ? "nw-figures" : "nw-figures nw-hatched"}>
          {unscored !== null ? messages.rows.unscored(unscored) : score === null ? "" : formatNumber(score)}
          {samples > 1 ? messages.rows.firstOf(samples) : ""}
        </Caption>
      </Group>
    </Box>
  );
}
