import { Box, Select, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { DatasetDiff } from "../../../../shared/schema/dataset.ts";
import type { ListedFile } from "../../../../shared/schema/document.ts";
import { useApi } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { formatNames, messages } from "../messages.ts";
import type { PanelProps } from "./panelProps.ts";
import { Section } from "./Section.tsx";

/** Maximum number of listed rows of each kind. */
const LISTED = 100;

const { difference: text } = messages;

/** Returns the previous version, or else another dataset. */
function before(files: readonly ListedFile[], file: string): string | null {
  const datasets = files.filter(({ kind }) => kind === "dataset");
  const at = datasets.findIndex((one) => one.file === file);
  return (datasets[at - 1] ?? datasets.find((one) => one.file !== file))?.file ?? null;
}

function Rows({ title, rows, sign }: { title: string; rows: DatasetDiff["added"]; sign: string }) {
  if (rows.length === 0) return null;
  return (
    <Section title={title}>
      <Stack gap={4}>
        {rows.slice(0, LISTED).map(({ row, description, suggestions }) => (
          <Box key={row}>
            <Text size="xs" lineClamp={2}>
              {sign}{" "}
              <Caption span className="nw-figures">
                {messages.panels.row(row)}
              </Caption>{" "}
              {description}
            </Text>
            <Caption lineClamp={1}>{formatNames(suggestions)}</Caption>
          </Box>
        ))}
        {rows.length > LISTED ? (
          <Caption>{messages.panels.more(formatCount(rows.length - LISTED))}</Caption>
        ) : null}
      </Stack>
    </Section>
  );
}

function Changed({ changed }: Pick<DatasetDiff, "changed">) {
  if (changed.length === 0) return null;
  const title = text.changed(pluralize(changed.length, "row"));
  return (
    <Section title={title}>
      <Stack gap={8}>
        {changed.slice(0, LISTED).map(({ description, before: was, after: is }) => (
          <Box key={is.row}>
            <Text size="xs" lineClamp={2}>
              <Caption span className="nw-figures">
                {messages.panels.row(is.row)}
              </Caption>{" "}
              {description}
            </Text>
            <Caption lineClamp={2} td="line-through">
              {formatNames(was.suggestions)}
            </Caption>
            <Text size="xs" lineClamp={2}>
              {formatNames(is.suggestions)}
            </Text>
          </Box>
        ))}
      </Stack>
    </Section>
  );
}

function Difference({ diff }: { diff: DatasetDiff }) {
  const { added, removed, changed, unchanged } = diff;
  return (
    <Stack gap={16}>
      <Text className="nw-figures">
        {text.summary(
          pluralize(added.length, "row"),
          formatCount(removed.length),
          formatCount(changed.length),
          formatCount(unchanged),
        )}
      </Text>
      <Changed changed={changed} />
      <Rows title={text.added(pluralize(added.length, "row"))} rows={added} sign="+" />
      <Rows title={text.removed(pluralize(removed.length, "row"))} rows={removed} sign="−" />
    </Stack>
  );
}

/** Compares the document with another version: added, removed, and changed rows. */
export function DifferencePanel({ file, revision }: PanelProps) {
  const api = useApi();
  const files = useQuery(api.dataset.list.queryOptions()).data ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const from = chosen ?? before(files, file);
  const { data, error } = useQuery({
    ...api.dataset.document.diff.queryOptions({ input: { file, before: from ?? "" } }),
    queryKey: ["document-diff", file, from, revision],
    enabled: from !== null,
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap={12}>
      <Select
        label={text.compareWith}
        placeholder={text.choose}
        data={files.filter((one) => one.file !== file).map((one) => ({ value: one.file, label: one.name }))}
        value={from}
        onChange={setChosen}
      />
      <FailureNotice error={error} title={text.failed} />
      {from === null ? <Text c="dimmed">{text.noFile}</Text> : null}
      {data === undefined ? (
        from !== null && error === null ? (
          <LinesSkeleton />
        ) : null
      ) : (
        <Difference diff={data} />
      )}
    </Stack>
  );
}
