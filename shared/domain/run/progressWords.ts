import type { Run } from "../../schema/run.ts";
import { formatBytes } from "../format/bytes.ts";
import { formatCount } from "../format/count.ts";

/** How far a run is: "3 of 9 rows", "1.9 GB of 14.5 GB". */
export function progressWords({
  done,
  total,
  unit,
}: Pick<NonNullable<Run["progress"]>, "done" | "total" | "unit">): string {
  return unit === "bytes"
    ? `${formatBytes(done)} of ${formatBytes(total)}`
    : `${formatCount(done)} of ${formatCount(total)} ${unit}`;
}
