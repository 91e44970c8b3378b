import { Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { RunCurves } from "../../../shared/schema/trainingCurves.ts";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { CurveControls, type CurveView } from "../../ui/figures/CurvesChart.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { messages } from "./messages.ts";
import { SpecDiffTable } from "./SpecDiffTable.tsx";
import { TrainingCharts } from "./TrainingCharts.tsx";

/** Labels each run with its version, and with its start time if several runs share a version. */
function labelled(all: readonly RunCurves[]) {
  return all.map(({ id, title, version, createdAt, curves }) => {
    const twin = all.some((one) => one.id !== id && one.version === version);
    const name = version ?? title;
    return { id, label: twin ? `${name} ${new Date(createdAt).toLocaleTimeString()}` : name, curves };
  });
}

/** Overlays the curves of the selected trainings. For two, shows their different settings. */
export function Overlay({ chosen }: { chosen: readonly string[] }) {
  const [view, setView] = useState<CurveView>({ smoothing: 0.6, scale: "linear" });
  const asked = useQuery(
    useApi().training.curves.queryOptions({
      input: { ids: [...chosen], points: 600 },
      enabled: chosen.length > 0,
      placeholderData: keepPreviousData,
    }),
  );
  // Oldest first, because the first run gets the baseline's color.
  const runs = useMemo(
    () => labelled((asked.data ?? []).toSorted((one, other) => one.createdAt.localeCompare(other.createdAt))),
    [asked.data],
  );
  if (chosen.length === 0) {
    return <Text c="dimmed">{messages.history.selectHint}</Text>;
  }
  const [one, other] = runs;
  return (
    <>
      <Panel title={messages.history.overlayTitle} actions={<CurveControls view={view} onChange={setView} />}>
        <FailureNotice error={asked.error} title={messages.history.overlayFailed} />
        {asked.data === undefined ? (
          <LinesSkeleton lines={8} />
        ) : (
          <TrainingCharts runs={runs} view={view} fileName="trainings" />
        )}
      </Panel>
      {runs.length === 2 && one !== undefined && other !== undefined ? (
        <Panel title={messages.history.differences}>
          <SpecDiffTable one={{ id: one.id, name: one.label }} other={{ id: other.id, name: other.label }} />
        </Panel>
      ) : null}
    </>
  );
}
