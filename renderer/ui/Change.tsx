import { Box, Text } from "@mantine/core";
import { formatSigned, formatSignedInterval } from "../../shared/domain/format/number.ts";
import { verdictOf, verdictWords } from "../../shared/domain/report/words.ts";
import type { Interval } from "../../shared/schema/comparison.ts";

interface ChangeProps {
  /** Candidate − baseline; null: undefined. */
  readonly change: number | null;
  readonly ci95: Interval;
  readonly better: "higher" | "lower";
  readonly reason?: string | undefined;
  readonly align?: "left" | "right";
}

const ink = { better: "var(--nw-better)", worse: "var(--nw-worse)", open: "var(--nw-noise)" } as const;

/** A change with its interval: green or vermilion with sign, arrow and word; grey where the interval holds 0. */
export function Change({ change, ci95, better, reason, align = "left" }: ChangeProps) {
  const verdict = verdictOf(better, change, ci95);
  const words = verdictWords[verdict];
  const under =
    change === null
      ? (reason ?? "undefined")
      : ci95 === null
        ? (reason ?? "no interval")
        : formatSignedInterval(ci95);
  return (
    <Box className="nw-figures" ta={align}>
      <Text span size="sm" c={ink[verdict]}>
        {formatSigned(change)}
        {words === "" ? "" : ` ${words}`}
      </Text>
      <Text size="xs" c="dimmed">
        {under}
      </Text>
    </Box>
  );
}
