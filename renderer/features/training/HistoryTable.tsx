import { Anchor, Checkbox, Table, Text } from "@mantine/core";
import { Link } from "wouter";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { elapsedSeconds } from "../../../shared/domain/run/elapsed.ts";
import type { RunCurves } from "../../../shared/schema/trainingCurves.ts";
import { ScreenSparkline } from "../../ui/figures/ScreenSparkline.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { RunStatus } from "../../ui/RunStatus.tsx";
import { useWorkspacePath } from "../../ui/useUrlState.ts";

/** More lines than this over each other nobody tells apart. */
const most = 6;

interface HistoryTableProps {
  readonly trainings: readonly RunCurves[];
  /** Ids of those that lie over each other. */
  readonly chosen: readonly string[];
  onChoose(ids: string[]): void;
}

/** One training a row: when, how long, how it ended, its best evaluation and its curve. */
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
              <Text size="xs" c="dimmed">
                Show
              </Text>
            </Table.Th>
            <Table.Th>Training</Table.Th>
            <Table.Th>Status</Table.Th>
            <Table.Th>Started</Table.Th>
            <Table.Th ta="right">Took</Table.Th>
            <Table.Th ta="right">Best eval loss</Table.Th>
            <Table.Th>Loss</Table.Th>
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
                    aria-label={`Lay ${title} of ${createdAt} over the others`}
                    checked={chosen.includes(id)}
                    disabled={!chosen.includes(id) && chosen.length >= most}
                    onChange={() => toggle(id)}
                  />
                </Table.Td>
                <Table.Td>
                  <Anchor component={Link} href={to(`train?tab=current&run=${id}`)} size="sm">
                    {title}
                  </Anchor>
                  <Text size="xs" c="dimmed">
                    {stopping}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <RunStatus status={status} />
                </Table.Td>
                <Table.Td>
                  <Moment at={createdAt} />
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
                      label={`Loss of ${title}, at last ${formatNumber(curves.loss.at(-1)?.value ?? null)}`}
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
