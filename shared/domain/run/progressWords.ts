import type { Run } from "../../schema/run.ts";
import { bytes } from "../bytes.ts";

/** How far a run is: "3 of 9 rows", "1.9 GB of 14 GB". */
export function progressWords({
  done,
  total,
  unit,
}: Pick<NonNullable<Run["progress"]>, "done" | "total" | "unit">): string {
  return unit === "bytes" ? `${bytes(done)} of ${bytes(total)}` : `${done} of ${total} ${unit}`;
}
