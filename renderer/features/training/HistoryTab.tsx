import { Button, Stack } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi, useRuns } from "../../api/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { RunsPending } from "../../ui/RunsPending.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useUrlState } from "../../ui/useUrlState.ts";
import { HistoryTable } from "./HistoryTable.tsx";
import { Overlay } from "./Overlay.tsx";

/** Points of a curve the size of a word. */
const sparklinePoints = 80;
/** Trainings that are listed; older ones stand under Runs. */
const listed = 50;

/** Every training of this workspace, and several laid over each other. */
export function HistoryTab() {
  const runs = useRuns((state) => state.runs);
  const [, setTab] = useUrlState("tab");
  const [named, name] = useUrlState("runs");
  const ids = (runs ?? [])
    .filter(({ kind }) => kind === "training")
    .slice(0, listed)
    .map(({ id }) => id);
  const asked = useQuery(
    useApi().training.curves.queryOptions({
      input: { ids, points: sparklinePoints },
      enabled: runs !== null,
      placeholderData: keepPreviousData,
    }),
  );
  if (asked.error !== null) return <FailureNotice error={asked.error} title="The history cannot be shown" />;
  if (runs === null) return <RunsPending lines={8} />;
  if (asked.data === undefined) return <LinesSkeleton lines={8} />;
  if (ids.length === 0) {
    return (
      <EmptyState
        title="Nothing was trained here yet"
        action={<Button onClick={() => setTab("configure")}>Configure a training</Button>}
      >
        Here stands every training with its curve, to be laid over each other and compared setting by setting.
      </EmptyState>
    );
  }
  const chosen = named === "" ? [] : named.split(",").filter((id) => ids.includes(id));
  return (
    <Stack gap={16} maw={1180}>
      <HistoryTable trainings={asked.data} chosen={chosen} onChoose={(next) => name(next.join(","))} />
      <Overlay chosen={chosen} />
    </Stack>
  );
}
