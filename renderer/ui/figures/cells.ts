import { changeInterval, interval, number, percent, signed } from "../../../shared/domain/report/words.ts";
import type { Interval } from "../../../shared/schema/comparison.ts";
import type { ChartCell } from "./chartTable.ts";

/** A count: all its digits are shown. */
export const countCell = (count: number): ChartCell => ({ exact: count, shown: String(count) });

/** A figure with three decimals. */
export const numberCell = (value: number | null): ChartCell => ({ exact: value, shown: number(value) });

/** A change with its sign. */
export const changeCell = (change: number | null): ChartCell => ({ exact: change, shown: signed(change) });

/** A share in per cent; the CSV holds it on 0–1. */
export const shareCell = (share: number | null): ChartCell => ({ exact: share, shown: percent(share) });

/** Both ends of an interval, or why there is none. */
export const intervalCell = (ci95: Interval, reason?: string): string =>
  ci95 === null && reason !== undefined ? `– ${reason}` : interval(ci95);

/** The same of a change: its ends have signs. */
export const changeIntervalCell = (ci95: Interval, reason?: string): string =>
  ci95 === null && reason !== undefined ? `– ${reason}` : changeInterval(ci95);
