import { Stack } from "@mantine/core";
import { useThrottledValue } from "@mantine/hooks";
import { useMemo, useState } from "react";
import { noCurves, withEntries } from "../../../shared/domain/training/curves.ts";
import type { Run, RunPage } from "../../../shared/schema/run.ts";
import type { TrainingCurves } from "../../../shared/schema/trainingCurves.ts";
import { TrainingRunSpecSchema } from "../../../shared/schema/trainingRun.ts";
import { isActive, useRunPages } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { CurveControls, type CurveView } from "../../ui/figures/CurvesChart.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { RunLog } from "../../ui/RunLog.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { EvaluationsTable } from "./EvaluationsTable.tsx";
import { messages } from "./messages.ts";
import { TrainingCharts } from "./TrainingCharts.tsx";
import { TrainingHead } from "./TrainingHead.tsx";

/** A training and its curves as far as its journal is loaded. */
interface Training {
  readonly run: Run;
  readonly curves: TrainingCurves;
}

/** Follows a training. Its curves grow as it writes its journal. */
function useTraining(id: string | null) {
  const [training, setTraining] = useState<Training | null>(null);
  const take = ({ run, entries }: RunPage, first: boolean) =>
    setTraining((before) => ({
      run,
      curves: withEntries(first || before === null ? noCurves() : before.curves, entries),
    }));
  const stream = useRunPages(id, take);
  // The state may still hold the previous run.
  return { training: training?.run.id === id ? training : null, stream };
}

/** The initial view, smoothed enough to show the trend of a noisy per-step loss. */
const firstView: CurveView = { smoothing: 0.6, scale: "linear" };

/** Minimum time between redraws of the curves, in milliseconds. Steps can arrive faster than the eye can follow. */
const drawMs = 500;

/** Returns the label of a single run's curve: its version, or its title. */
function versionOf({ spec, title }: Run): string {
  return TrainingRunSpecSchema.safeParse(spec).data?.version ?? title;
}

/** Shows a running or finished training: its status, curves, evaluations, and log. */
export function TrainingView({ id }: { id: string }) {
  const { training, stream } = useTraining(id);
  const [view, setView] = useState(firstView);
  const drawn = useThrottledValue(training?.curves ?? null, drawMs);
  const label = training === null ? "" : versionOf(training.run);
  const runs = useMemo(() => (drawn === null ? [] : [{ id, label, curves: drawn }]), [id, label, drawn]);
  if (stream.kind === "failed" && training === null) {
    return <FailureNotice error={stream.failure} title={messages.view.failed} />;
  }
  if (training === null) return <LinesSkeleton lines={10} />;
  const { run, curves } = training;
  return (
    <Stack gap={16} maw={1180}>
      <TrainingHead run={run} curves={curves} />
      <Panel title={messages.view.curves} actions={<CurveControls view={view} onChange={setView} />}>
        <TrainingCharts runs={runs} view={view} steps={curves.facts?.maxSteps} fileName={id} />
      </Panel>
      <Panel title={messages.view.validation}>
        <EvaluationsTable curves={curves} />
      </Panel>
      <Panel title={messages.view.log}>
        <RunLog id={id} active={isActive(run)} />
      </Panel>
    </Stack>
  );
}
