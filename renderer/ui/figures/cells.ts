import { formatCount } from "../../../shared/domain/format/count.ts";
import {
  formatInterval,
  formatNumber,
  formatShare,
  formatSigned,
  formatSignedInterval,
} from "../../../shared/domain/format/number.ts";
import type { Interval } from "../../../shared/schema/comparison.ts";
import type { ChartCell } from "./chartTable.ts";

/** A count: all its digits are shown. */
export const countCell = (count: number): ChartCell => ({ exact: count, shown: formatCount(count) });

/** A figure with three decimals. */
export const numberCell = (value: number | null): ChartCell => ({ exact: value, shown: formatNumber(value) });

/** A change with its sign. */
export const changeCell = (change: number | null): ChartCell => ({
  exact: change,
  shown: formatSigned(change),
});

/** A share as a decimal from 0 to 1. */
export const shareCell = (share: number | null): ChartCell => ({ exact: share, shown: formatShare(share) });

/** Both ends of an interval, or why there is none. */
export const intervalCell = (ci95: Interval, reason?: string): string =>
  ci95 === null && reason !== undefined ? `– ${reason}` : formatInterval(ci95);

/** The same of a change: its ends have signs. */
export const changeIntervalCell = (ci95: Interval, reason?: string): string =>
  ci95 === null && reason !== undefined ? `– ${reason}` : formatSignedInterval(ci95);
