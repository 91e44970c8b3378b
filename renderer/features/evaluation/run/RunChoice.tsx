import { Select } from "@mantine/core";
import type { Run } from "../../../../shared/schema/run.ts";

/** `26 Nov 09:41`. */
function when(createdAt: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(createdAt));
}

/** Which evaluation is watched. */
export function RunChoice({
  runs,
  chosen,
  onChoose,
}: {
  runs: readonly Run[];
  /** Its id. */
  chosen: string;
  onChoose: (id: string) => void;
}) {
  return (
    <Select
      aria-label="Evaluation"
      w={440}
      maw="100%"
      value={chosen}
      onChange={(id) => id !== null && onChoose(id)}
      data={runs.map(({ id, title, status, createdAt }) => ({
        value: id,
        label: `${when(createdAt)} · ${title} · ${status}`,
      }))}
    />
  );
}
