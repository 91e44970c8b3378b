import { Button, Stack } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useApi, useRuns } from "../../api/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { RunsPending } from "../../ui/RunsPending.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useUrlState } from "../../ui/useUrlState.ts";
import { HistoryTable } from "./HistoryTable.tsx";
import { messages } from "./messages.ts";
import { Overlay } from "./Overlay.tsx";

/** Points of a sparkline. */
const sparklinePoints = 80;
/** Maximum number of listed trainings. Older ones are listed under Runs. */
const listed = 50;

/** Lists the trainings of this workspace and overlays the curves of the selected ones. */
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
  if (asked.error !== null) return <FailureNotice error={asked.error} title={messages.history.failed} />;
  if (runs === null) return <RunsPending lines={8} />;
  if (asked.data === undefined) return <LinesSkeleton lines={8} />;
  if (ids.length === 0) {
    return (
      <EmptyState
        title={messages.noTrainings.title}
        action={<Button onClick={() => setTab("configure")}>{messages.configureAction}</Button>}
      >
        {messages.noTrainings.history}
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
