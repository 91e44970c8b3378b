import { Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { RunCurves } from "../../../shared/schema/trainingCurves.ts";
import { useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { CurveControls, type CurveView } from "../../ui/figures/CurvesChart.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { SpecDiffTable } from "./SpecDiffTable.tsx";
import { TrainingCharts } from "./TrainingCharts.tsx";

/** A run is called by its version; those of one version are told apart by the time of day, here, at which they began. */
function labelled(all: readonly RunCurves[]) {
  return all.map(({ id, title, version, createdAt, curves }) => {
    const twin = all.some((one) => one.id !== id && one.version === version);
    const name = version ?? title;
    return { id, label: twin ? `${name} ${new Date(createdAt).toLocaleTimeString()}` : name, curves };
  });
}

/** The chosen trainings over each other, and of two the settings in which they differ. */
export function Overlay({ chosen }: { chosen: readonly string[] }) {
  const [view, setView] = useState<CurveView>({ smoothing: 0.6, scale: "linear" });
  const asked = useQuery(
    useApi().training.curves.queryOptions({
      input: { ids: [...chosen], points: 600 },
      enabled: chosen.length > 0,
      placeholderData: keepPreviousData,
    }),
  );
  // The oldest first: it has the baseline's colour.
  const runs = useMemo(
    () => labelled((asked.data ?? []).toSorted((one, other) => one.createdAt.localeCompare(other.createdAt))),
    [asked.data],
  );
  if (chosen.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Choose trainings above to lay their curves over each other; of two, their settings are compared.
      </Text>
    );
  }
  const [one, other] = runs;
  return (
    <>
      <Panel title="Over each other" actions={<CurveControls view={view} onChange={setView} />}>
        {asked.error === null ? null : (
          <FailureNotice error={asked.error} title="The curves cannot be shown" />
        )}
        {asked.data === undefined ? (
          <LinesSkeleton lines={8} />
        ) : (
          <TrainingCharts runs={runs} view={view} fileName="trainings" />
        )}
      </Panel>
      {runs.length === 2 && one !== undefined && other !== undefined ? (
        <Panel title="Where their settings differ">
          <SpecDiffTable one={{ id: one.id, name: one.label }} other={{ id: other.id, name: other.label }} />
        </Panel>
      ) : null}
    </>
  );
}
