import { Badge } from "@mantine/core";
import type { RunStatus as Status } from "../../shared/schema/run.ts";

const colours: Readonly<Record<Status, string>> = {
  queued: "gray",
  running: "accent",
  paused: "gray",
  succeeded: "teal",
  failed: "orange",
  cancelled: "gray",
  interrupted: "orange",
};

/** A run's status, in its word; the colour only repeats it. */
export function RunStatus({ status }: { status: Status }) {
  return (
    <Badge miw="max-content" color={colours[status]} variant={status === "running" ? "filled" : "light"}>
      {status}
    </Badge>
  );
}
