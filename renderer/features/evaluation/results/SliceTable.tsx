import { Box, Table, Title, UnstyledButton } from "@mantine/core";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import { formatInterval, formatShare } from "../../../../shared/domain/format/number.ts";
import type { SliceFailures } from "../../../../shared/schema/analysis.ts";
import { Caption } from "../../../ui/Caption.ts";
import { Figure } from "../../../ui/Figure.tsx";
import { messages } from "../messages.ts";

const { slices: text } = messages;

interface SliceTableProps {
  readonly slices: readonly SliceFailures[];
  readonly scaleName: string;
  /** "-" means the rows without a slice. */
  onSlice(slice: string): void;
}

/** Lists failures by slice of the dev rows, weakest first. A full bar means that every row failed. */
export function SliceTable({ slices, scaleName, onSlice }: SliceTableProps) {
  return (
    <>
      <Title order={3}>{text.title}</Title>
      <Box mah={640} style={{ overflowY: "auto" }} tabIndex={0} role="region" aria-label={text.label}>
        <Table layout="fixed" stickyHeader miw={520}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="32%">{text.slice}</Table.Th>
              <Table.Th w={72}>{text.rowLabel}</Table.Th>
              <Table.Th w={64} ta="right">
                {text.failed}
              </Table.Th>
              <Table.Th>{text.failureRate}</Table.Th>
              <Table.Th w={168} ta="right">
                {text.mean(scaleName)}
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

/** The name that the analysis gives to rows without a slice. */
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
      <Table.Td ta="right">{text.count(formatCount(slice.failures), formatCount(slice.n))}</Table.Td>
      <Table.Td>
        <Bar share={failureRate.value} />
        <Caption className="nw-figures">
          {failureRate.ci95 === null
            ? formatShare(failureRate.value)
            : `${formatShare(failureRate.value)} · ${formatInterval(failureRate.ci95)}`}
        </Caption>
      </Table.Td>
      <Table.Td>
        {score.n === 0 ? (
          <Figure value={null} reason={text.noScored} align="right" />
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
