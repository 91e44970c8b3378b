import { Badge, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { formatCount } from "../../../shared/domain/format/count.ts";
import { sentenceCase } from "../../../shared/domain/format/sentence.ts";
import type { FileKind, ListedFile } from "../../../shared/schema/document.ts";
import { DataTable, type TableColumn } from "../../ui/DataTable.tsx";
import { messages } from "./messages.ts";

const { files: text } = messages;

const groups: readonly { readonly title: string; readonly kinds: readonly FileKind[] }[] = [
  { title: text.groups.datasets, kinds: ["dataset"] },
  { title: text.groups.testSet, kinds: ["test-set", "labels"] },
  { title: text.groups.results, kinds: ["results", "overrides"] },
  { title: text.groups.others, kinds: ["other"] },
];

const formatTime = (iso: string) =>
  new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });

const columns: readonly TableColumn<ListedFile>[] = [
  {
    title: text.file,
    cell: ({ name, dirty, problem }) => (
      <>
        <UnstyledButton fz="sm" fw={600}>
          {name}
        </UnstyledButton>
        {dirty ? (
          <Badge ml={8} variant="light">
            {text.unsaved}
          </Badge>
        ) : null}
        {problem === null ? null : (
          <Text size="xs" c="var(--nw-worse)" style={{ overflowWrap: "anywhere" }}>
            {sentenceCase(problem)}
          </Text>
        )}
      </>
    ),
  },
  { title: text.rows, ta: "right", w: 90, cell: ({ rows }) => (rows === null ? "–" : formatCount(rows)) },
  { title: text.size, ta: "right", w: 90, cell: ({ bytes }) => formatBytes(bytes) },
  { title: text.changed, w: 190, cell: (file) => <Text c="dimmed">{formatTime(file.modifiedAt)}</Text> },
];

/** Lists every CSV file of the workspace. A click opens it. */
export function FilesTable({ files, onOpen }: { files: readonly ListedFile[]; onOpen(name: string): void }) {
  return (
    <Stack gap={24} maw={860}>
      {groups.map(({ title, kinds }) => {
        const some = files.filter(({ kind }) => kinds.includes(kind));
        if (some.length === 0) return null;
        return (
          <section key={title} aria-label={text.label(title)}>
            <Title order={2} mb={4}>
              {title}
            </Title>
            <DataTable
              highlightOnHover
              withTableBorder
              layout="fixed"
              rows={some}
              keyOf={({ name }) => name}
              rowProps={({ name }) => ({ style: { cursor: "pointer" }, onClick: () => onOpen(name) })}
              columns={columns}
            />
          </section>
        );
      })}
    </Stack>
  );
}
