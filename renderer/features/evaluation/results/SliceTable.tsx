import { Box, Table, Text, Title, UnstyledButton } from "@mantine/core";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import { formatInterval, formatShare } from "../../../../shared/domain/format/number.ts";
import type { SliceFailures } from "../../../../shared/schema/analysis.ts";
import { Figure } from "../../../ui/Figure.tsx";

interface SliceTableProps {
  readonly slices: readonly SliceFailures[];
  readonly scaleName: string;
  /** "-": the rows without a slice. */
  onSlice(slice: string): void;
}

/** Failures by slice of the dev rows, the weakest first. A bar from 0 to every row of the slice. */
export function SliceTable({ slices, scaleName, onSlice }: SliceTableProps) {
  return (
    <>
      <Title order={3}>Failures by slice, dev rows, weakest first</Title>
      <Box mah={640} style={{ overflowY: "auto" }} tabIndex={0} role="region" aria-label="Failures by slice">
        <Table layout="fixed" stickyHeader miw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="32%">Slice</Table.Th>
              <Table.Th w={72}>Label</Table.Th>
              <Table.Th w={64} ta="right">
                Failed
              </Table.Th>
              <Table.Th>Failure rate</Table.Th>
              <Table.Th w={168} ta="right">
                Mean {scaleName}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {slices.map((slice) => (
              <SliceLine key={`${slice.slice} ${slice.label}`} slice={slice} onSlice={onSlice} />
            ))}
          </Table.Tbody>
        </Table>
      </Box>
    </>
  );
}

const withoutSlice = "without a slice";

function SliceLine({ slice, onSlice }: { slice: SliceFailures; onSlice: SliceTableProps["onSlice"] }) {
  const { failureRate, score } = slice;
  return (
    <Table.Tr>
      <Table.Td>
        <UnstyledButton
          fz="sm"
          c="var(--mantine-color-anchor)"
          onClick={() => onSlice(slice.slice === withoutSlice ? "-" : encodeURIComponent(slice.slice))}
        >
          {slice.slice}
        </UnstyledButton>
      </Table.Td>
      <Table.Td>{slice.label}</Table.Td>
      <Table.Td ta="right">
        {formatCount(slice.failures)} of {formatCount(slice.n)}
      </Table.Td>
      <Table.Td>
        <Bar share={failureRate.value} />
        <Text size="xs" c="dimmed" className="nw-figures">
          {failureRate.ci95 === null
            ? formatShare(failureRate.value)
            : `${formatShare(failureRate.value)} · ${formatInterval(failureRate.ci95)}`}
        </Text>
      </Table.Td>
      <Table.Td>
        {score.n === 0 ? (
          <Figure value={null} reason="no scored rows" align="right" />
        ) : (
          <Figure value={score.mean} ci95={score.ci95} n={score.n} reason={score.reason} align="right" />
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Bar({ share }: { share: number | null }) {
  if (share === null) return null;
  return (
    <Box h={6} bg="var(--nw-sunken)" style={{ borderRadius: 2, overflow: "hidden" }} aria-hidden>
      <Box h={6} w={`${100 * share}%`} bg="var(--nw-worse)" />
    </Box>
  );
}
