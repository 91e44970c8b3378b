import { Button } from "@mantine/core";
import { isActive, useRuns } from "../../api/index.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { RunsPending } from "../../ui/RunsPending.tsx";
import { useSettledChoice } from "../../ui/useSettledChoice.ts";
import { useUrlState } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";
import { TrainingView } from "./TrainingView.tsx";

/** Shows the training in the URL, otherwise the one that was active when the tab opened, otherwise the newest. */
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
        title={messages.noTrainings.title}
        action={<Button onClick={() => setTab("configure")}>{messages.configureAction}</Button>}
      >
        {messages.noTrainings.current}
      </EmptyState>
    );
  }
  return <TrainingView key={id} id={id} />;
}
