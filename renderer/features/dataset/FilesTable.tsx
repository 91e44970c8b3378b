import { Badge, Stack, Table, Text, Title, UnstyledButton } from "@mantine/core";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { formatCount } from "../../../shared/domain/format/count.ts";
import { sentenceCase } from "../../../shared/domain/format/sentence.ts";
import type { FileKind, ListedFile } from "../../../shared/schema/document.ts";
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

function FileRows({ files, onOpen }: { files: readonly ListedFile[]; onOpen(name: string): void }) {
  return files.map(({ name, rows, problem, bytes, modifiedAt, dirty }) => (
    <Table.Tr key={name} style={{ cursor: "pointer" }} onClick={() => onOpen(name)}>
      <Table.Td>
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
      </Table.Td>
      <Table.Td ta="right">{rows === null ? "–" : formatCount(rows)}</Table.Td>
      <Table.Td ta="right">{formatBytes(bytes)}</Table.Td>
      <Table.Td>
        <Text c="dimmed">{formatTime(modifiedAt)}</Text>
      </Table.Td>
    </Table.Tr>
  ));
}

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
            <Table highlightOnHover withTableBorder layout="fixed">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{text.file}</Table.Th>
                  <Table.Th ta="right" w={90}>
                    {text.rows}
                  </Table.Th>
                  <Table.Th ta="right" w={90}>
                    {text.size}
                  </Table.Th>
                  <Table.Th w={190}>{text.changed}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                <FileRows files={some} onOpen={onOpen} />
              </Table.Tbody>
            </Table>
          </section>
        );
      })}
    </Stack>
  );
}
