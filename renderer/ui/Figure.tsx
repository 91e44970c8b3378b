import { Box, Text } from "@mantine/core";
import { interval, number, percent } from "../../shared/domain/report/words.ts";
import type { Interval } from "../../shared/schema/comparison.ts";

interface FigureProps {
  /** Null: undefined. */
  readonly value: number | null;
  readonly ci95?: Interval;
  /** What it rests on: rows, unless `of` says otherwise. */
  readonly n?: number;
  /** Why there is no value, or no interval. */
  readonly reason?: string | undefined;
  readonly as?: "number" | "percent";
  /** Under each other in a column the n stands in a column of its own. */
  readonly align?: "left" | "right";
}

/** A number with what it rests on: value, n, 95 % interval; "–" and the reason where it is undefined. */
export function Figure({ value, ci95, n, reason, as = "number", align = "left" }: FigureProps) {
  const words = as === "percent" ? percent : number;
  const ends = ci95 == null ? null : as === "percent" ? ci95.map(percent).join(" to ") : interval(ci95);
  const under = [
    ...(value === null
      ? [reason ?? "undefined"]
      : ends !== null
        ? [ends]
        : reason === undefined
          ? []
          : [reason]),
    ...(n === undefined ? [] : [`n ${n}`]),
  ];
  return (
    <Box className="nw-figures" ta={align}>
      <Text span size="sm">
        {words(value)}
      </Text>
      {under.length === 0 ? null : (
        <Text size="xs" c="dimmed">
          {under.join(" · ")}
        </Text>
      )}
    </Box>
  );
}
