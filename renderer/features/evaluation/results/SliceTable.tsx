import { Box, Title, UnstyledButton } from "@mantine/core";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import { formatInterval, formatShare } from "../../../../shared/domain/format/number.ts";
import type { SliceFailures } from "../../../../shared/schema/analysis.ts";
import { Caption } from "../../../ui/Caption.ts";
import { DataTable } from "../../../ui/DataTable.tsx";
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
        <DataTable
          layout="fixed"
          stickyHeader
          miw={520}
          rows={slices}
          keyOf={({ slice, label }) => `${slice} ${label}`}
          columns={[
            { title: text.slice, w: "32%", cell: (one) => <SliceLink slice={one.slice} onSlice={onSlice} /> },
            { title: text.rowLabel, w: 72, cell: ({ label }) => label },
            {
              title: text.failed,
              w: 64,
              ta: "right",
              cell: ({ failures, n }) => text.count(formatCount(failures), formatCount(n)),
            },
            { title: text.failureRate, cell: ({ failureRate }) => <FailureRate rate={failureRate} /> },
            { title: text.mean(scaleName), w: 168, ta: "right", cell: ({ score }) => <Mean score={score} /> },
          ]}
        />
      </Box>
    </>
  );
}

/** The name that the analysis gives to rows without a slice. */
const withoutSlice = "without a slice";

function SliceLink({ slice, onSlice }: Pick<SliceFailures, "slice"> & Pick<SliceTableProps, "onSlice">) {
  return (
    <UnstyledButton
      fz="sm"
      c="var(--mantine-color-anchor)"
      onClick={() => onSlice(slice === withoutSlice ? "-" : encodeURIComponent(slice))}
    >
      {slice}
    </UnstyledButton>
  );
}

function FailureRate({ rate: { value, ci95 } }: { rate: SliceFailures["failureRate"] }) {
  const share = formatShare(value);
  return (
    <>
      <Bar share={value} />
      <Caption className="nw-figures">{ci95 === null ? share : `${share} · ${formatInterval(ci95)}`}</Caption>
    </>
  );
}

function Mean({ score: { n, mean, ci95, reason } }: { score: SliceFailures["score"] }) {
  if (n === 0) return <Figure value={null} reason={text.noScored} align="right" />;
  return <Figure value={mean} ci95={ci95} n={n} reason={reason} align="right" />;
}

function Bar({ share }: { share: number | null }) {
  if (share === null) return null;
  return (
    <Box h={6} bg="var(--nw-sunken)" style={{ borderRadius: 2, overflow: "hidden" }} aria-hidden>
      <Box h={6} w={`${100 * share}%`} bg="var(--nw-worse)" />
    </Box>
  );
}
