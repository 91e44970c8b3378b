import { Select } from "@mantine/core";
import type { Run } from "../../../../shared/schema/run.ts";
import { messages } from "../messages.ts";

/** Returns a date and time such as `Nov 26, 09:41`. */
function formatDate(createdAt: string): string {
  return new Intl.DateTimeFormat("en-US", {
    hourCycle: "h23",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(createdAt));
}

/** Selects a run. */
export function RunChoice({
  runs,
  chosen,
  onChoose,
}: {
  runs: readonly Run[];
  /** The selected run's id. */
  chosen: string;
  onChoose: (id: string) => void;
}) {
  return (
    <Select
      aria-label={messages.run.choose}
      w={440}
      maw="100%"
      value={chosen}
      onChange={(id) => id !== null && onChoose(id)}
      data={runs.map(({ id, title, status, createdAt }) => ({
        value: id,
        label: `${formatDate(createdAt)} · ${title} · ${status}`,
      }))}
    />
  );
}
