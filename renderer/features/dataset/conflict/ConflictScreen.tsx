import { Alert, Box, Button, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { headerKey } from "../../../../shared/domain/csv/dialect.ts";
import { parseSuggestions } from "../../../../shared/domain/dataset/suggestions.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { ConflictRow, DocumentConflict, Resolution } from "../../../../shared/schema/document.ts";
import { useApi, useClient } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { notice } from "../../../ui/notices.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { describeTheirs, formatNames, messages } from "../messages.ts";

const { conflict: text } = messages;

interface ConflictScreenProps {
  readonly file: string;
  readonly name: string;
  /** Opens the resolved document, which may be a new file. */
  onOpen(file: string): void;
}

function Cells({
  header,
  cells,
  against,
  absent,
}: {
  header: readonly string[];
  cells: readonly string[] | null;
  against: readonly string[] | null;
  absent: string;
}) {
  if (cells === null) {
    return <Caption>{absent}</Caption>;
  }
  return header.map((name, at) => {
    const cell = cells[at] ?? "";
    const names = headerKey(name) === "suggestions" ? parseSuggestions(cell) : null;
    return (
      <Text
        // biome-ignore lint/suspicious/noArrayIndexKey: cells are identified by their column
        key={at}
        size="xs"
        lineClamp={2}
        fw={against !== null && (against[at] ?? "") !== cell ? 600 : 400}
        style={{ overflowWrap: "anywhere" }}
      >
        {names?.kind === "names" ? formatNames(names.names) : cell}
      </Text>
    );
  });
}

const top = { verticalAlign: "top" } as const;

function describeMatch({ kind, row }: ConflictRow): string {
  if (kind === "added") return text.appended;
  return row === null ? text.noMatch : text.matches(row);
}

function Rows({ header, rows }: Pick<DocumentConflict, "header" | "rows">) {
  return (
    <Table verticalSpacing={8} withTableBorder layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={140}>{text.columns.edit}</Table.Th>
          <Table.Th>{text.columns.mine}</Table.Th>
          <Table.Th>{text.columns.theirs}</Table.Th>
          <Table.Th>{text.columns.before}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is never reordered
          <Table.Tr key={at}>
            <Table.Td style={top}>
              <Text size="xs">{text.kinds[row.kind]}</Text>
              <Text
                size="xs"
                c={row.row !== null || row.kind === "added" ? "var(--nw-better)" : "var(--nw-worse)"}
              >
                {describeMatch(row)}
              </Text>
            </Table.Td>
            <Table.Td style={top}>
              <Cells header={header} cells={row.mine} against={row.before} absent={text.deleted} />
            </Table.Td>
            <Table.Td style={top}>
              <Cells header={header} cells={row.theirs} against={row.before} absent="–" />
            </Table.Td>
            <Table.Td style={top} c="dimmed">
              <Cells header={header} cells={row.before} against={null} absent="–" />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Choices({
  conflict,
  name,
  busy,
  onChoose,
}: {
  conflict: DocumentConflict;
  name: string;
  busy: boolean;
  onChoose(resolution: Resolution): void;
}) {
  const [as, setAs] = useState(`${name.replace(/\.csv$/i, "")}_mine`);
  return (
    <Stack gap={12} align="flex-start">
      {conflict.gone || !conflict.sameColumns ? null : (
        <Group gap={12}>
          <Button loading={busy} onClick={() => onChoose({ kind: "rebase" })}>
            {text.rebase}
          </Button>
          <Text c="dimmed">
            {text.matching(
              pluralize(conflict.matching, "edit"),
              conflict.unmatched === 0 ? null : formatCount(conflict.unmatched),
            )}
          </Text>
        </Group>
      )}
      {conflict.canSaveAs ? (
        <Group gap={8} align="flex-end">
          <TextInput
            label={text.newFile}
            value={as}
            onChange={(event) => setAs(event.currentTarget.value)}
            w={220}
          />
          <Button
            variant="default"
            loading={busy}
            disabled={as.trim() === ""}
            onClick={() => onChoose({ kind: "save-as", name: as.trim() })}
          >
            {text.saveAs}
          </Button>
        </Group>
      ) : null}
      {conflict.gone ? null : (
        <Group gap={12}>
          <Button variant="default" loading={busy} onClick={() => onChoose({ kind: "take-theirs" })}>
            {text.takeTheirs}
          </Button>
          <Text c="dimmed">{text.discards(pluralize(conflict.rows.length, "edit"))}</Text>
        </Group>
      )}
    </Stack>
  );
}

/**
 * Shows both versions of a file that changed on disk during editing, and how to resolve it. Nothing is overwritten
 * before the user decides.
 */
export function ConflictScreen({ file, name, onOpen }: ConflictScreenProps) {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const {
    data: conflict,
    error,
    refetch,
  } = useQuery(api.dataset.document.conflict.queryOptions({ input: { file }, staleTime: 0, gcTime: 0 }));
  const resolving = useMutation({
    mutationFn: (resolution: Resolution) => client.dataset.document.resolve({ file, resolution }),
    onSuccess: async (resolved) => {
      if (resolved.leftOut > 0) notice(text.skipped(resolved.leftOut));
      await queries.invalidateQueries({ queryKey: api.dataset.key() });
      onOpen(resolved.file);
    },
  });
  return (
    <Box p={16} style={{ height: "100%", overflow: "auto" }}>
      <Stack gap={16} maw={1100}>
        <Alert color="orange" role="alert" title={text.title(name)}>
          {text.safe} {conflict === undefined ? "" : describeTheirs(conflict)}
        </Alert>
        <FailureNotice error={error} onRetry={refetch} />
        <FailureNotice error={resolving.error} />
        {conflict === undefined ? (
          error === null ? (
            <LinesSkeleton />
          ) : null
        ) : (
          <>
            <Choices conflict={conflict} name={name} busy={resolving.isPending} onChoose={resolving.mutate} />
            <Title order={2}>{text.edits}</Title>
            <Rows header={conflict.header} rows={conflict.rows} />
          </>
        )}
      </Stack>
    </Box>
  );
}
