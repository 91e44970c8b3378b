import { Anchor, Button, Checkbox, Table, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import { pluralize } from "../../../shared/domain/format/count.ts";
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
import { type HistoryLine, historyLines } from "./historyLines.ts";
import { messages } from "./messages.ts";

const { history: text } = messages;

type HistoryGroup = Extract<HistoryLine, { kind: "group" }>;

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
  const [opened, setOpened] = useState<readonly string[]>([]);
  const open = (version: string) =>
    setOpened(opened.includes(version) ? opened.filter((one) => one !== version) : [...opened, version]);
  /** Shows a training; a group only has what `ofGroup` shows. */
  const cell =
    (
      ofTraining: (training: RunCurves) => ReactNode,
      ofGroup: (group: HistoryGroup) => ReactNode = () => null,
    ) =>
    (line: HistoryLine): ReactNode =>
      line.kind === "group" ? ofGroup(line) : ofTraining(line.training);
  return (
    <Table.ScrollContainer minWidth={720}>
      <DataTable
        rows={historyLines(trainings, opened)}
        keyOf={(line) => (line.kind === "group" ? `seeds of ${line.version}` : line.training.id)}
        columns={[
          {
            title: <Caption>{text.show}</Caption>,
            w: 32,
            cell: cell(({ id, title, createdAt }) => (
              <Checkbox
                aria-label={text.overlay(title, createdAt)}
                checked={chosen.includes(id)}
                disabled={!chosen.includes(id) && chosen.length >= most}
                onChange={() => toggle(id)}
              />
            )),
          },
          {
            title: text.training,
            td: (line) => (line.kind === "training" && line.inGroup ? { pl: 24 } : {}),
            cell: cell(
              ({ id, title, stopping }) => (
                <>
                  <Anchor component={Link} href={to(`train?tab=current&run=${id}`)} size="sm">
                    {title}
                  </Anchor>
                  <Caption>{stopping}</Caption>
                </>
              ),
              (group) => (
                <SeedsButton
                  group={group}
                  opened={opened.includes(group.version)}
                  onToggle={() => open(group.version)}
                />
              ),
            ),
          },
          {
            title: text.status,
            cell: cell(
              ({ status }) => <RunStatus status={status} />,
              ({ trainings: seeds }) => text.succeeded(seeds.filter(succeeded).length, seeds.length),
            ),
          },
          {
            title: text.started,
            cell: cell(
              ({ createdAt }) => <Timestamp at={createdAt} />,
              ({ trainings: seeds }) => <Timestamp at={seeds[0]?.createdAt ?? ""} />,
            ),
          },
          { title: text.took, ta: "right", cell: cell(durationOf) },
          {
            title: text.bestEvalLoss,
            ta: "right",
            cell: cell(
              ({ curves }) => formatNumber(bestOf(curves)?.evalLoss ?? null),
              ({ trainings: seeds }) => rangeOf(seeds, "evalLoss"),
            ),
          },
          {
            title: text.bestExpectedCost,
            ta: "right",
            cell: cell(
              ({ curves }) => formatNumber(bestOf(curves)?.expectedCost ?? null),
              ({ trainings: seeds }) => rangeOf(seeds, "expectedCost"),
            ),
          },
          { title: text.loss, cell: cell((training) => <LossSparkline training={training} />) },
        ]}
      />
    </Table.ScrollContainer>
  );
}

const succeeded = ({ status }: RunCurves): boolean => status === "succeeded";

interface SeedsButtonProps {
  readonly group: HistoryGroup;
  readonly opened: boolean;
  onToggle(): void;
}

function SeedsButton({ group: { version, trainings }, opened, onToggle }: SeedsButtonProps) {
  return (
    <>
      <Text size="sm">{text.seeds(version)}</Text>
      <Button variant="default" size="compact-xs" aria-expanded={opened} onClick={onToggle}>
        {text.toggleSeeds(opened, pluralize(trainings.length, "training"))}
      </Button>
    </>
  );
}

/** Returns the lowest and the highest best value of some trainings. */
function rangeOf(trainings: readonly RunCurves[], field: "evalLoss" | "expectedCost"): string {
  const values = trainings.flatMap(({ curves }) => bestOf(curves)?.[field] ?? []);
  if (values.length === 0) return formatNumber(null);
  return text.range(formatNumber(Math.min(...values)), formatNumber(Math.max(...values)));
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
