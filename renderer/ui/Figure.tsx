import { Box, Text } from "@mantine/core";
import { formatInterval, formatNumber, formatQuantity } from "../../shared/domain/format/number.ts";
import type { Interval } from "../../shared/schema/comparison.ts";

interface FigureProps {
  /** Null: undefined. */
  readonly value: number | null;
  readonly ci95?: Interval;
  /** What it rests on. */
  readonly n?: number;
  /** Why there is no value, or no interval. */
  readonly reason?: string | undefined;
  /** Under each other in a column the n stands in a column of its own. */
  readonly align?: "left" | "right";
}

/** A number with what it rests on: value, n, 95 % interval; "–" and the reason where it is undefined. */
export function Figure({ value, ci95, n, reason, align = "left" }: FigureProps) {
  const ends = ci95 == null ? null : formatInterval(ci95);
  const under = [
    ...(value === null
      ? [reason ?? "undefined"]
      : ends !== null
        ? [ends]
        : reason === undefined
          ? []
          : [reason]),
    ...(n === undefined ? [] : [`n ${formatQuantity(n)}`]),
  ];
  return (
    <Box className="nw-figures" ta={align}>
      <Text span size="sm">
        {formatNumber(value)}
      </Text>
      {under.length === 0 ? null : (
        <Text size="xs" c="dimmed">
          {under.join(" · ")}
        </Text>
      )}
    </Box>
  );
}
