import { Badge, Box, Group, ScrollArea, Table, Text } from "@mantine/core";
import { formatNumber, formatSigned } from "../../../shared/domain/format/number.ts";
import type { AlignedRow, AlignedSide, RowVerdict } from "../../../shared/schema/alignedRows.ts";
import { useVersionInk } from "../../ui/figures/screenPalette.ts";

interface RowsTableProps {
  readonly rows: readonly AlignedRow[];
  readonly names: { readonly baseline: string; readonly candidate: string };
  /** The candidate's place among the versions on screen: its colour. */
  readonly place: number;
  readonly scoreName: string | null;
  /** Whether rows belong to dev or to the held-out ones: those of the study's format do not. */
  readonly halves: boolean;
}

const verdicts: Record<RowVerdict, { words: string; ink: string }> = {
  improved: { words: "↑ improved", ink: "var(--nw-better)" },
  regressed: { words: "↓ regressed", ink: "var(--nw-worse)" },
  changed: { words: "other output", ink: "var(--nw-noise)" },
  same: { words: "the same", ink: "var(--nw-noise)" },
  unmatched: { words: "in one file only", ink: "var(--nw-noise)" },
};

/** What two versions did with each row, beside each other. */
export function RowsTable({ rows, names, place, scoreName, halves }: RowsTableProps) {
  const ink = useVersionInk();
  const label = "Rows side by side";
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}>
      <Table miw={760} layout="fixed" highlightOnHover aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="30%">description</Table.Th>
            <Table.Th c="var(--nw-baseline)">{names.baseline}</Table.Th>
            <Table.Th c={ink(place)}>{names.candidate}</Table.Th>
            <Table.Th w={170} ta="right">
              {scoreName === null ? "change" : `change of ${scoreName}`}
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
  const { words, ink } = verdicts[verdict];
  const label = (baseline ?? candidate)?.label;
  return (
    <Table.Tr data-verdict={verdict} style={{ verticalAlign: "top" }}>
      <Table.Td>
        <Text size="sm" lineClamp={3} title={description} style={{ overflowWrap: "anywhere" }}>
          {description}
        </Text>
        <Text size="xs" c="dimmed">
          {[label ?? "unlabelled", slice, halves && (split === "heldout" ? "held out" : "dev")]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      </Table.Td>
      <Table.Td>
        <Side side={baseline} />
      </Table.Td>
      <Table.Td>
        <Side side={candidate} />
      </Table.Td>
      <Table.Td ta="right">
        <Text size="sm" c={ink}>
          {words}
        </Text>
        {change === null ? null : (
          <Text size="xs" c="dimmed">
            {formatSigned(change)}
          </Text>
        )}
        {safetyChanged ? (
          <Badge color="gray" mt={2}>
            safety changed
          </Badge>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

/** Names hold hyphens: a line breaks between them, not within one. */
function Names({ names }: { names: readonly string[] }) {
  return names.map((name, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a model may say a name twice, and they stay in order.
    <span key={`${index} ${name}`}>
      <span style={name.length > 24 ? undefined : { whiteSpace: "nowrap" }}>{name}</span>
      {index < names.length - 1 ? ", " : ""}
    </span>
  ));
}

/** One version's output: names, a refusal, or what it gave instead; with its score or why there is none. */
function Side({ side }: { side: AlignedSide | null }) {
  if (side === null)
    return (
      <Text size="sm" c="dimmed">
        – not in this file
      </Text>
    );
  const { outcome, names, score, unscored, cell, samples } = side;
  const wrong = cell === "missed_inappropriate" || cell === "false_positive_inappropriate";
  return (
    <Box>
      {outcome === "answered" ? (
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {names.length === 0 ? "answered, names not in this file" : <Names names={names} />}
        </Text>
      ) : (
        <Text size="sm" fs="italic" style={{ overflowWrap: "anywhere" }}>
          {outcome === "refused" ? "refused" : `malformed: ${names.join(", ")}`}
        </Text>
      )}
      <Group gap={8}>
        {wrong ? (
          <Text size="xs" c="var(--nw-worse)">
            ✗ {cell === "missed_inappropriate" ? "missed harmful" : "false refusal"}
          </Text>
        ) : null}
        <Text size="xs" c="dimmed" className={unscored === null ? "nw-figures" : "nw-figures nw-hatched"}>
          {unscored !== null ? `unscored: ${unscored}` : score === null ? "" : formatNumber(score)}
          {samples > 1 ? ` · first of ${samples} samples` : ""}
        </Text>
      </Group>
    </Box>
  );
}
