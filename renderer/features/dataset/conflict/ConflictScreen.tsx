import { Alert, Box, Button, Group, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { headerKey } from "../../../../shared/domain/csv/dialect.ts";
import { parseSuggestions } from "../../../../shared/domain/dataset/suggestions.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { ConflictRow, DocumentConflict, Resolution } from "../../../../shared/schema/document.ts";
import { useApi, useClient } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { notice } from "../../../ui/notices.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { namesWords } from "../words.ts";

interface ConflictScreenProps {
  readonly file: string;
  readonly name: string;
  /** Another document is to be gone on with. */
  onOpen(file: string): void;
}

const kinds = { changed: "Changed", removed: "Deleted", added: "Added" } as const;

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
    return (
      <Text size="xs" c="dimmed">
        {absent}
      </Text>
    );
  }
  return header.map((name, at) => {
    const cell = cells[at] ?? "";
    const names = headerKey(name) === "suggestions" ? parseSuggestions(cell) : null;
    return (
      <Text
        // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other identity than their column
        key={at}
        size="xs"
        lineClamp={2}
        fw={against !== null && (against[at] ?? "") !== cell ? 600 : 400}
        style={{ overflowWrap: "anywhere" }}
      >
        {names?.kind === "names" ? namesWords(names.names) : cell}
      </Text>
    );
  });
}

const top = { verticalAlign: "top" } as const;

function fitWords({ kind, row }: ConflictRow): string {
  if (kind === "added") return "goes to the end";
  return row === null ? "no longer fits" : `fits row ${row}`;
}

function Rows({ header, rows }: Pick<DocumentConflict, "header" | "rows">) {
  return (
    <Table verticalSpacing={8} withTableBorder layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={140}>Your edit</Table.Th>
          <Table.Th>Mine</Table.Th>
          <Table.Th>In the file now</Table.Th>
          <Table.Th>As it was</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is shown once and never reordered
          <Table.Tr key={at}>
            <Table.Td style={top}>
              <Text size="xs">{kinds[row.kind]}</Text>
              <Text
                size="xs"
                c={row.row !== null || row.kind === "added" ? "var(--nw-better)" : "var(--nw-worse)"}
              >
                {fitWords(row)}
              </Text>
            </Table.Td>
            <Table.Td style={top}>
              <Cells header={header} cells={row.mine} against={row.before} absent="deleted" />
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

function theirsWords({ theirs, gone }: DocumentConflict): string {
  if (gone) return "The file is no longer there.";
  if (theirs === null) return "What else changed in the file is not known any more.";
  const { added, removed, unchanged } = theirs;
  return `In the file now: ${pluralize(added, "row")} new or changed, ${pluralize(removed, "row")} gone or changed, ${pluralize(unchanged, "row")} as before.`;
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
            Make my edits again on the file
          </Button>
          <Text size="sm" c="dimmed">
            {pluralize(conflict.matching, "edit")} fit{conflict.matching === 1 ? "s" : ""}
            {conflict.unmatched === 0 ? "" : `, ${formatCount(conflict.unmatched)} left out`}. Nothing is
            saved yet.
          </Text>
        </Group>
      )}
      {conflict.canSaveAs ? (
        <Group gap={8} align="flex-end">
          <TextInput
            label="New file"
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
            Save mine as a new file
          </Button>
        </Group>
      ) : null}
      {conflict.gone ? null : (
        <Group gap={12}>
          <Button variant="default" loading={busy} onClick={() => onChoose({ kind: "take-theirs" })}>
            Take the file as it is now
          </Button>
          <Text size="sm" c="dimmed">
            Gives up {pluralize(conflict.rows.length, "edit")} of yours.
          </Text>
        </Group>
      )}
    </Stack>
  );
}

/** A file that something else changed while it was edited: both sides, and the ways on. Nothing is overwritten until one is chosen. */
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
      if (resolved.leftOut > 0)
        notice(`${pluralize(resolved.leftOut, "edit")} left out: the rows are others now`);
      await queries.invalidateQueries({ queryKey: api.dataset.key() });
      onOpen(resolved.file);
    },
  });
  return (
    <Box p={16} style={{ height: "100%", overflow: "auto" }}>
      <Stack gap={16} maw={1100}>
        <Alert
          color="orange"
          role="alert"
          title={`${name} was changed by something else while you edited it`}
        >
          Both sides are safe. {conflict === undefined ? "" : theirsWords(conflict)}
        </Alert>
        {error !== null ? <FailureNotice error={error} onRetry={() => void refetch()} /> : null}
        {resolving.error === null ? null : <FailureNotice error={resolving.error} />}
        {conflict === undefined ? (
          error === null ? (
            <LinesSkeleton />
          ) : null
        ) : (
          <>
            <Choices conflict={conflict} name={name} busy={resolving.isPending} onChoose={resolving.mutate} />
            <Title order={2}>Your edits</Title>
            <Rows header={conflict.header} rows={conflict.rows} />
          </>
        )}
      </Stack>
    </Box>
  );
}
