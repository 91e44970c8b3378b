import { Box, Group, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import { formatQuantity, formatShareOf } from "../../../../shared/domain/format/number.ts";
import type { DatasetStats } from "../../../../shared/schema/dataset.ts";
import { useApi } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { messages } from "../messages.ts";
import { Line, Lines } from "./Lines.tsx";
import type { PanelProps } from "./panelProps.ts";
import { Section } from "./Section.tsx";

const { statistics: text } = messages;

interface CountProps {
  readonly name: string;
  readonly count: number;
  /** What the count is a share of. */
  readonly total: number;
}

function Count({ name, count, total }: CountProps) {
  return <Line name={name} value={formatCount(count)} beside={formatShareOf(count, total)} />;
}

function Lengths({ of }: { of: NonNullable<DatasetStats["descriptionLength"]> }) {
  return (
    <Lines>
      <Line name={text.shortest} value={formatQuantity(of.min)} />
      <Line name={text.median} value={formatQuantity(of.median)} />
      <Line name={text.p95} value={formatQuantity(of.p95)} />
      <Line name={text.longest} value={formatQuantity(of.max)} />
    </Lines>
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
          <Box flex={1}>
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
    <Lines>
      {slices.map(({ slice, split, rows }) => (
        <Line key={`${slice} ${split}`} name={slice} value={formatCount(rows)} beside={split} />
      ))}
    </Lines>
  );
}

function Rows({ stats }: { stats: DatasetStats }) {
  const { rows, refusals, names, labels } = stats;
  return (
    <Lines>
      <Line name={text.rows} value={formatCount(rows)} />
      <Count name={text.refusals} count={refusals} total={rows} />
      <Line name={text.names} value={formatCount(names.count)} />
      <Count name={text.uniqueNames} count={names.unique} total={names.count} />
      <Count name={text.hyphens} count={names.hyphenated} total={names.count} />
      <Count name={text.digits} count={names.withDigits} total={names.count} />
      {labels === null ? null : (
        <>
          <Count name={text.safe} count={labels.safe} total={rows} />
          <Count name={text.harmful} count={labels.harmful} total={rows} />
          {labels.unlabelled === 0 ? null : (
            <Line name={text.unlabelled} value={formatCount(labels.unlabelled)} />
          )}
        </>
      )}
    </Lines>
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
      <Section title={text.rows}>
        <Rows stats={stats} />
      </Section>
      {stats.descriptionLength === null ? null : (
        <Section title={text.descriptionLength}>
          <Lengths of={stats.descriptionLength} />
        </Section>
      )}
      {stats.names.length === null ? null : (
        <Section title={text.nameLength}>
          <Lengths of={stats.names.length} />
        </Section>
      )}
      {stats.topics.length === 0 ? null : (
        <Section title={text.topics}>
          <Topics topics={stats.topics} />
        </Section>
      )}
      {stats.slices.length === 0 ? null : (
        <Section title={text.slices}>
          <Slices slices={stats.slices} />
        </Section>
      )}
    </Stack>
  );
}
