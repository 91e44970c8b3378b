import { Box, Group, Stack, Table, Text, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatQuantity, formatShareOf } from "../../../../shared/domain/format/number.ts";
import type { DatasetStats } from "../../../../shared/schema/dataset.ts";
import { useApi } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import type { PanelProps } from "./panelProps.ts";

function Line({ name, value, beside }: { name: string; value: string; beside?: string }) {
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td ta="right">{value}</Table.Td>
      <Table.Td ta="right" c="dimmed">
        {beside ?? ""}
      </Table.Td>
    </Table.Tr>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title}>
      <Title order={3} mb={4}>
        {title}
      </Title>
      {children}
    </Box>
  );
}

function Lengths({ of }: { of: NonNullable<DatasetStats["descriptionLength"]> }) {
  return (
    <Table withRowBorders={false} horizontalSpacing={0} verticalSpacing={1}>
      <Table.Tbody>
        <Line name="Shortest" value={formatQuantity(of.min)} />
        <Line name="Median" value={formatQuantity(of.median)} />
        <Line name="95 of 100 below" value={formatQuantity(of.p95)} />
        <Line name="Longest" value={formatQuantity(of.max)} />
      </Table.Tbody>
    </Table>
  );
}

function Topics({ topics }: Pick<DatasetStats, "topics">) {
  const most = topics[0]?.rows ?? 1;
  return (
    <Stack gap={2}>
      {topics.map(({ word, rows }) => (
        <Group key={word} gap={8} wrap="nowrap" title={pluralize(rows, "row")}>
          <Text size="xs" w={90} truncate>
            {word}
          </Text>
          <Box style={{ flex: 1 }}>
            <Box h={8} bg="var(--nw-baseline)" w={`${(100 * rows) / most}%`} style={{ borderRadius: 2 }} />
          </Box>
          <Text size="xs" className="nw-figures" c="dimmed" w={40} ta="right">
            {formatCount(rows)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

function Slices({ slices }: Pick<DatasetStats, "slices">) {
  return (
    <Table withRowBorders={false} horizontalSpacing={0} verticalSpacing={1}>
      <Table.Tbody>
        {slices.map(({ slice, split, rows }) => (
          <Line key={`${slice} ${split}`} name={slice} value={formatCount(rows)} beside={split} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Rows({ stats }: { stats: DatasetStats }) {
  const { rows, refusals, names, labels } = stats;
  return (
    <Table withRowBorders={false} horizontalSpacing={0} verticalSpacing={1}>
      <Table.Tbody>
        <Line name="Rows" value={formatCount(rows)} />
        <Line name="Refusals" value={formatCount(refusals)} beside={formatShareOf(refusals, rows)} />
        <Line name="Names" value={formatCount(names.count)} />
        <Line
          name="Different names"
          value={formatCount(names.unique)}
          beside={formatShareOf(names.unique, names.count)}
        />
        <Line
          name="With a hyphen"
          value={formatCount(names.hyphenated)}
          beside={formatShareOf(names.hyphenated, names.count)}
        />
        <Line
          name="With a digit"
          value={formatCount(names.withDigits)}
          beside={formatShareOf(names.withDigits, names.count)}
        />
        {labels === null ? null : (
          <>
            <Line
              name="Label safe"
              value={formatCount(labels.safe)}
              beside={formatShareOf(labels.safe, rows)}
            />
            <Line
              name="Label harmful"
              value={formatCount(labels.harmful)}
              beside={formatShareOf(labels.harmful, rows)}
            />
            {labels.unlabelled === 0 ? null : (
              <Line name="Without label" value={formatCount(labels.unlabelled)} />
            )}
          </>
        )}
      </Table.Tbody>
    </Table>
  );
}

/** The document as edited, in numbers. */
export function StatisticsPanel({ file, revision }: PanelProps) {
  const { data, error, refetch } = useQuery({
    ...useApi().dataset.document.stats.queryOptions({ input: { file } }),
    queryKey: ["document-stats", file, revision],
    placeholderData: keepPreviousData,
  });
  if (error !== null)
    return (
      <FailureNotice error={error} title="The rows could not be counted" onRetry={() => void refetch()} />
    );
  if (data === undefined) return <LinesSkeleton lines={10} />;
  const { stats } = data;
  return (
    <Stack gap={16} className="nw-figures">
      <Part title="Rows">
        <Rows stats={stats} />
      </Part>
      {stats.descriptionLength === null ? null : (
        <Part title="Characters of a description">
          <Lengths of={stats.descriptionLength} />
        </Part>
      )}
      {stats.names.length === null ? null : (
        <Part title="Characters of a name">
          <Lengths of={stats.names.length} />
        </Part>
      )}
      {stats.topics.length === 0 ? null : (
        <Part title="Words by rows">
          <Topics topics={stats.topics} />
        </Part>
      )}
      {stats.slices.length === 0 ? null : (
        <Part title="Slices">
          <Slices slices={stats.slices} />
        </Part>
      )}
    </Stack>
  );
}
