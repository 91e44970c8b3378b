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

/** Returns the cell of a count, shown with all digits. */
export const countCell = (count: number): ChartCell => ({ exact: count, shown: formatCount(count) });

/** Returns the cell of a value, shown with three decimals. */
export const numberCell = (value: number | null): ChartCell => ({ exact: value, shown: formatNumber(value) });

/** Returns the cell of a change, shown with its sign. */
export const changeCell = (change: number | null): ChartCell => ({
  exact: change,
  shown: formatSigned(change),
});

/** Returns the cell of a share, shown as a decimal from 0 to 1. */
export const shareCell = (share: number | null): ChartCell => ({ exact: share, shown: formatShare(share) });

/** Returns both ends of an interval, or why it is undefined. */
export const intervalCell = (ci95: Interval, reason?: string): string =>
  ci95 === null && reason !== undefined ? `– ${reason}` : formatInterval(ci95);

/** Returns both ends of a change's interval with signs, or why it is undefined. */
export const changeIntervalCell = (ci95: Interval, reason?: string): string =>
  ci95 === null && reason !== undefined ? `– ${reason}` : formatSignedInterval(ci95);
