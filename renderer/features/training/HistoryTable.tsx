import { Anchor, Checkbox, Table } from "@mantine/core";
import { Link } from "wouter";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { elapsedSeconds } from "../../../shared/domain/run/elapsed.ts";
import type { RunCurves } from "../../../shared/schema/trainingCurves.ts";
import { Caption } from "../../ui/Caption.ts";
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
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={32}>
              <Caption>{text.show}</Caption>
            </Table.Th>
            <Table.Th>{text.training}</Table.Th>
            <Table.Th>{text.status}</Table.Th>
            <Table.Th>{text.started}</Table.Th>
            <Table.Th ta="right">{text.took}</Table.Th>
            <Table.Th ta="right">{text.bestEvalLoss}</Table.Th>
            <Table.Th>{text.loss}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {trainings.map((one) => {
            const { id, title, status, createdAt, endedAt, curves, stopping } = one;
            const best = curves.evaluations.find(({ step }) => step === curves.bestStep);
            return (
              <Table.Tr key={id}>
                <Table.Td>
                  <Checkbox
                    aria-label={text.overlay(title, createdAt)}
                    checked={chosen.includes(id)}
                    disabled={!chosen.includes(id) && chosen.length >= most}
                    onChange={() => toggle(id)}
                  />
                </Table.Td>
                <Table.Td>
                  <Anchor component={Link} href={to(`train?tab=current&run=${id}`)} size="sm">
                    {title}
                  </Anchor>
                  <Caption>{stopping}</Caption>
                </Table.Td>
                <Table.Td>
                  <RunStatus status={status} />
                </Table.Td>
                <Table.Td>
                  <Timestamp at={createdAt} />
                </Table.Td>
                <Table.Td ta="right">
                  {endedAt === null ? "–" : formatDuration(elapsedSeconds({ createdAt, endedAt }, 0))}
                </Table.Td>
                <Table.Td ta="right">{formatNumber(best?.evalLoss ?? null)}</Table.Td>
                <Table.Td>
                  {curves.loss.length === 0 ? (
                    "–"
                  ) : (
                    <ScreenSparkline
                      points={curves.loss}
                      width={96}
                      height={24}
                      label={text.sparkline(title, formatNumber(curves.loss.at(-1)?.value ?? null))}
                    />
                  )}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
