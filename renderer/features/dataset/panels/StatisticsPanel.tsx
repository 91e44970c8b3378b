import { Box, Group, Stack, Table, Text, Title } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatQuantity, formatShareOf } from "../../../../shared/domain/format/number.ts";
import type { DatasetStats } from "../../../../shared/schema/dataset.ts";
import { useApi } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { messages } from "../messages.ts";
import type { PanelProps } from "./panelProps.ts";

const { statistics: text } = messages;

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
        <Line name={text.shortest} value={formatQuantity(of.min)} />
        <Line name={text.median} value={formatQuantity(of.median)} />
        <Line name={text.p95} value={formatQuantity(of.p95)} />
        <Line name={text.longest} value={formatQuantity(of.max)} />
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
          <Caption className="nw-figures" w={40} ta="right">
            {formatCount(rows)}
          </Caption>
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
        <Line name={text.rows} value={formatCount(rows)} />
        <Line name={text.refusals} value={formatCount(refusals)} beside={formatShareOf(refusals, rows)} />
        <Line name={text.names} value={formatCount(names.count)} />
        <Line
          name={text.uniqueNames}
          value={formatCount(names.unique)}
          beside={formatShareOf(names.unique, names.count)}
        />
        <Line
          name={text.hyphens}
          value={formatCount(names.hyphenated)}
          beside={formatShareOf(names.hyphenated, names.count)}
        />
        <Line
          name={text.digits}
          value={formatCount(names.withDigits)}
          beside={formatShareOf(names.withDigits, names.count)}
        />
        {labels === null ? null : (
          <>
            <Line
              name={text.safe}
              value={formatCount(labels.safe)}
              beside={formatShareOf(labels.safe, rows)}
            />
            <Line
              name={text.harmful}
              value={formatCount(labels.harmful)}
              beside={formatShareOf(labels.harmful, rows)}
            />
            {labels.unlabelled === 0 ? null : (
              <Line name={text.unlabelled} value={formatCount(labels.unlabelled)} />
            )}
          </>
        )}
      </Table.Tbody>
    </Table>
  );
}

/** Shows statistics of the document including unsaved edits. */
export function StatisticsPanel({ file, revision }: PanelProps) {
  const { data, error, refetch } = useQuery({
    ...useApi().dataset.document.stats.queryOptions({ input: { file } }),
    queryKey: ["document-stats", file, revision],
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <FailureNotice error={error} title={text.failed} onRetry={refetch} />;
  if (data === undefined) return <LinesSkeleton lines={10} />;
  const { stats } = data;
  return (
    <Stack gap={16} className="nw-figures">
      <Part title={text.rows}>
        <Rows stats={stats} />
      </Part>
      {stats.descriptionLength === null ? null : (
        <Part title={text.descriptionLength}>
          <Lengths of={stats.descriptionLength} />
        </Part>
      )}
      {stats.names.length === null ? null : (
        <Part title={text.nameLength}>
          <Lengths of={stats.names.length} />
        </Part>
      )}
      {stats.topics.length === 0 ? null : (
        <Part title={text.topics}>
          <Topics topics={stats.topics} />
        </Part>
      )}
      {stats.slices.length === 0 ? null : (
        <Part title={text.slices}>
          <Slices slices={stats.slices} />
        </Part>
      )}
    </Stack>
  );
}
