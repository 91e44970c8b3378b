import { Button } from "@mantine/core";
import { isActive, useRuns } from "../../api/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { RunsPending } from "../../ui/RunsPending.tsx";
import { useSettledChoice } from "../../ui/useSettledChoice.ts";
import { useUrlState } from "../../ui/useUrlState.ts";
import { TrainingView } from "./TrainingView.tsx";

/** The training that the URL names, else what trained as one came here, else the newest. */
export function CurrentTab() {
  const runs = useRuns((state) => state.runs);
  const [named] = useUrlState("run");
  const [, setTab] = useUrlState("tab");
  const trainings = (runs ?? []).filter(({ kind }) => kind === "training");
  const suggested = (trainings.find(isActive) ?? trainings[0])?.id ?? null;
  const id = useSettledChoice(named, suggested, (settled) => trainings.some((run) => run.id === settled));
  if (runs === null) return <RunsPending lines={10} />;
  if (id === null) {
    return (
      <EmptyState
        title="Nothing was trained here yet"
        action={<Button onClick={() => setTab("configure")}>Configure a training</Button>}
      >
        Here a training is watched while it learns: its loss, its checks on validation rows, and when it ends.
      </EmptyState>
    );
  }
  return <TrainingView key={id} id={id} />;
}
