import { Badge } from "@mantine/core";
import type { RunStatus as Status } from "../../shared/schema/run.ts";

const inks: Readonly<Record<Exclude<Status, "running">, string>> = {
  queued: "var(--mantine-color-dimmed)",
  paused: "var(--mantine-color-dimmed)",
  succeeded: "var(--nw-better)",
  failed: "var(--nw-worse)",
  cancelled: "var(--mantine-color-dimmed)",
  interrupted: "var(--nw-worse)",
};

/** Shows a run's status as text; the color only repeats it. */
export function RunStatus({ status }: { status: Status }) {
  if (status === "running") {
    return (
      <Badge miw="max-content" variant="filled">
        running
      </Badge>
    );
  }
  return (
    <Badge miw="max-content" variant="default" c={inks[status]}>
      {status}
    </Badge>
  );
}
