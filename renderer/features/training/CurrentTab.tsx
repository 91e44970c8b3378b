import { Button } from "@mantine/core";
import { isActive, useRuns } from "../../api/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { useUrlState } from "../../ui/useUrlState.ts";
import { TrainingView } from "./TrainingView.tsx";

/** The training that the URL names, else what trains now, else the newest. */
export function CurrentTab() {
  const runs = useRuns((state) => state.runs);
  const [named] = useUrlState("run");
  const [, setTab] = useUrlState("tab");
  if (runs === null) return <LinesSkeleton lines={10} />;
  const trainings = runs.filter(({ kind }) => kind === "training");
  const id = named === "" ? (trainings.find(isActive) ?? trainings[0])?.id : named;
  if (id === undefined) {
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
