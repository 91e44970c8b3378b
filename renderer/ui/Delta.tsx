import { Box, Text } from "@mantine/core";
import { formatSigned, formatSignedInterval } from "../../shared/domain/format/number.ts";
import { verdictOf, verdictWords } from "../../shared/domain/report/words.ts";
import type { Interval } from "../../shared/schema/comparison.ts";
import { Caption } from "./Caption.ts";
import { messages } from "./messages.ts";

interface DeltaProps {
  /** Candidate − baseline; null: undefined. */
  readonly change: number | null;
  readonly ci95: Interval;
  readonly better: "higher" | "lower";
  readonly reason?: string | undefined;
  readonly align?: "left" | "right";
}

const ink = { better: "var(--nw-better)", worse: "var(--nw-worse)", open: "var(--nw-noise)" } as const;

/**
 * Shows a change with its interval: green or vermilion with sign, arrow, and word; gray if the interval contains 0.
 */
export function Delta({ change, ci95, better, reason, align = "left" }: DeltaProps) {
  const verdict = verdictOf(better, change, ci95);
  const words = verdictWords[verdict];
  const under =
    change === null
      ? (reason ?? messages.undefinedValue)
      : ci95 === null
        ? (reason ?? messages.noInterval)
        : formatSignedInterval(ci95);
  return (
    <Box className="nw-figures" ta={align}>
      <Text span c={ink[verdict]}>
        {formatSigned(change)}
        {words === "" ? "" : ` ${words}`}
      </Text>
      <Caption>{under}</Caption>
    </Box>
  );
}
