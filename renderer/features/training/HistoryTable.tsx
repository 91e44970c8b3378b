import { Anchor, Checkbox, Table } from "@mantine/core";
import { Link } from "wouter";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { elapsedSeconds } from "../../../shared/domain/run/elapsed.ts";
import type { RunCurves } from "../../../shared/schema/trainingCurves.ts";
import { Caption } from "../../ui/Caption.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { ScreenSparkline } from "../../ui/figures/ScreenSparkline.tsx";
import { RunStatus } from "../../ui/RunStatus.tsx";
import { Timestamp } from "../../ui/Timestamp.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";
import { messages } from "./messages.ts";

const { history: text } = messages;

/** Maximum number of overlaid curves that can be told apart. */
const most = 6;

interface HistoryTableProps {
  readonly trainings: readonly RunCurves[];
  /** Ids of the selected trainings. */
  readonly chosen: readonly string[];
  onChoose(ids: string[]): void;
}

/** Lists trainings with their start, duration, status, best evaluation, and curve. */
export function HistoryTable({ trainings, chosen, onChoose }: HistoryTableProps) {
  const { to } = useWorkspacePath();
  const toggle = (id: string) =>
    onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <Table.ScrollContainer minWidth={720}>
      <DataTable
        rows={trainings}
        keyOf={({ id }) => id}
        columns={[
          {
            title: <Caption>{text.show}</Caption>,
            w: 32,
            cell: ({ id, title, createdAt }) => (
              <Checkbox
                aria-label={text.overlay(title, createdAt)}
                checked={chosen.includes(id)}
                disabled={!chosen.includes(id) && chosen.length >= most}
                onChange={() => toggle(id)}
              />
            ),
          },
          {
            title: text.training,
            cell: ({ id, title, stopping }) => (
              <>
                <Anchor component={Link} href={to(`train?tab=current&run=${id}`)} size="sm">
                  {title}
                </Anchor>
                <Caption>{stopping}</Caption>
              </>
            ),
          },
          { title: text.status, cell: ({ status }) => <RunStatus status={status} /> },
          { title: text.started, cell: ({ createdAt }) => <Timestamp at={createdAt} /> },
          { title: text.took, ta: "right", cell: durationOf },
          {
            title: text.bestEvalLoss,
            ta: "right",
            cell: ({ curves }) => formatNumber(bestOf(curves)?.evalLoss ?? null),
          },
          {
            title: text.bestExpectedCost,
            ta: "right",
            cell: ({ curves }) => formatNumber(bestOf(curves)?.expectedCost ?? null),
          },
          { title: text.loss, cell: (training) => <LossSparkline training={training} /> },
        ]}
      />
    </Table.ScrollContainer>
  );
}

function durationOf({ createdAt, endedAt }: RunCurves): string {
  return endedAt === null ? "–" : formatDuration(elapsedSeconds({ createdAt, endedAt }, 0));
}

/** Returns the evaluation of the kept checkpoint. */
function bestOf({ evaluations, bestStep }: RunCurves["curves"]) {
  return evaluations.find(({ step }) => step === bestStep);
}

function LossSparkline({ training: { title, curves } }: { training: RunCurves }) {
  const last = curves.loss.at(-1);
  if (last === undefined) return "–";
  const label = text.sparkline(title, formatNumber(last.value));
  return <ScreenSparkline points={curves.loss} width={96} height={24} label={label} />;
}
