import { Stack } from "@mantine/core";
import { useThrottledValue } from "@mantine/hooks";
import { useMemo, useState } from "react";
import type { Run } from "../../../shared/schema/run.ts";
import { TrainingRunSpecSchema } from "../../../shared/schema/trainingRun.ts";
import { isActive } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { CurveControls, type CurveView } from "../../ui/figures/CurvesChart.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { RunLog } from "../../ui/RunLog.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { EvaluationsTable } from "./EvaluationsTable.tsx";
import { TrainingCharts } from "./TrainingCharts.tsx";
import { TrainingHead } from "./TrainingHead.tsx";
import { useTraining } from "./useTraining.ts";

/** How far a curve is smoothed at first: enough to see where a loss of single rows goes. */
const firstView: CurveView = { smoothing: 0.6, scale: "linear" };

/** Curves are drawn anew after so long at the earliest, in milliseconds: steps come faster than one can see. */
const drawMs = 500;

/** What a curve is called that stands alone: its version is enough. */
function versionOf({ spec, title }: Run): string {
  return TrainingRunSpecSchema.safeParse(spec).data?.version ?? title;
}

/** One training, live or past: where it is, its curves, its checks, its log. */
export function TrainingView({ id }: { id: string }) {
  const { training, stream } = useTraining(id);
  const [view, setView] = useState(firstView);
  const drawn = useThrottledValue(training?.curves ?? null, drawMs);
  const label = training === null ? "" : versionOf(training.run);
  const runs = useMemo(() => (drawn === null ? [] : [{ id, label, curves: drawn }]), [id, label, drawn]);
  if (stream.kind === "failed" && training === null) {
    return <FailureNotice error={stream.failure} title="This training cannot be shown" />;
  }
  if (training === null) return <LinesSkeleton lines={10} />;
  const { run, curves } = training;
  return (
    <Stack gap={16} maw={1180}>
      <TrainingHead run={run} curves={curves} />
      <Panel title="Curves" actions={<CurveControls view={view} onChange={setView} />}>
        <TrainingCharts runs={runs} view={view} steps={curves.facts?.maxSteps} fileName={id} />
      </Panel>
      <Panel title="On the validation rows">
        <EvaluationsTable curves={curves} />
      </Panel>
      <Panel title="Log">
        <RunLog id={id} goesOn={isActive(run)} />
      </Panel>
    </Stack>
  );
}
