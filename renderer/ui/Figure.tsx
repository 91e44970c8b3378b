import { Box, Text } from "@mantine/core";
import { formatInterval, formatNumber, formatQuantity } from "../../shared/domain/format/number.ts";
import type { Interval } from "../../shared/schema/comparison.ts";
import { Caption } from "./Caption.ts";
import { messages } from "./messages.ts";

interface FigureProps {
  /** Null: undefined. */
  readonly value: number | null;
  readonly ci95?: Interval;
  /** The number of rows or names behind the value. */
  readonly n?: number;
  /** Why the value or its interval is undefined. */
  readonly reason?: string | undefined;
  /** Right in table columns, where n has its own column. */
  readonly align?: "left" | "right";
}

/** Shows a value with its 95 % interval and n, or "–" with the reason if it is undefined. */
export function Figure({ value, ci95, n, reason, align = "left" }: FigureProps) {
  const ends = ci95 == null ? null : formatInterval(ci95);
  const under = [
    ...(value === null
      ? [reason ?? messages.undefinedValue]
      : ends !== null
        ? [ends]
        : reason === undefined
          ? []
          : [reason]),
    ...(n === undefined ? [] : [`n ${formatQuantity(n)}`]),
  ];
  return (
    <Box className="nw-figures" ta={align}>
      <Text span>{formatNumber(value)}</Text>
      {under.length === 0 ? null : <Caption>{under.join(" · ")}</Caption>}
    </Box>
  );
}
