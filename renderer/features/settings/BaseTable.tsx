import { Badge, Button, Group, Table, Text, VisuallyHidden } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { formatLargeCount } from "../../../shared/domain/format/count.ts";
import { shortHash } from "../../../shared/domain/format/hash.ts";
import type { BaseEntry, BaseList } from "../../../shared/schema/base.ts";
import { useApi } from "../../api/index.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { useBaseChoice } from "./useBaseChoice.ts";

const sources = {
  embedded: "came with the program",
  folder: "a folder of yours",
  downloaded: "from Hugging Face",
} as const;

/** Every base on this machine that the workspace may take. */
export function BaseTable({ list, readOnly }: { list: BaseList; readOnly: boolean }) {
  const choosing = useBaseChoice();
  const deleting = useDeletion();
  return (
    <>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Base</Table.Th>
            <Table.Th ta="right">Parameters</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
            <Table.Th>
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.bases.map((entry) => (
            <BaseRow
              key={entry.value}
              entry={entry}
              readOnly={readOnly}
              busy={choosing.isPending && choosing.variables.base === entry.value}
              onUse={() => choosing.mutate({ base: entry.value })}
              onDelete={() => deleting.ask(entry.value)}
            />
          ))}
        </Table.Tbody>
      </Table>
      {choosing.error === null ? null : (
        <FailureNotice error={choosing.error} title="The base was not changed" />
      )}
      {deleting.dialog}
    </>
  );
}

interface BaseRowProps {
  readonly entry: BaseEntry;
  readonly readOnly: boolean;
  readonly busy: boolean;
  onUse(): void;
  onDelete(): void;
}

function BaseRow({ entry, readOnly, busy, onUse, onDelete }: BaseRowProps) {
  const { check, value, source, chosen, revision } = entry;
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        {check.name}
        <Text size="xs" c="dimmed">
          {sources[source]}
          {revision === null ? "" : ` · ${shortHash(revision)}`}
          {check.problems.length === 0 ? "" : ` · ${check.problems.join("; ")}`}
        </Text>
      </Table.Td>
      <Table.Td ta="right">{check.parameters === null ? "–" : formatLargeCount(check.parameters)}</Table.Td>
      <Table.Td ta="right">{formatBytes(check.bytes)}</Table.Td>
      <Table.Td>
        <Group gap={8} justify="flex-end" wrap="nowrap">
          {chosen ? <Badge color="accent">in use</Badge> : null}
          {!chosen && source === "downloaded" ? (
            <Button variant="default" onClick={onDelete} aria-label={`Delete ${value}`}>
              Delete…
            </Button>
          ) : null}
          {chosen ? null : (
            <Button
              variant="default"
              loading={busy}
              disabled={readOnly || check.problems.length > 0}
              onClick={onUse}
              aria-label={`Use ${check.name}`}
            >
              Use
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** Deleting a download, asked for by its name. */
export function useDeletion() {
  const api = useApi();
  const queries = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const removing = useMutation(
    api.base.remove.mutationOptions({
      onSuccess: (list) => {
        queries.setQueryData(api.base.list.queryKey(), list);
        setId(null);
      },
    }),
  );
  const dialog = (
    <ConfirmDialog
      opened={id !== null}
      title={`Delete ${id ?? ""}?`}
      action="Delete the download"
      busy={removing.isPending}
      onClose={() => setId(null)}
      onConfirm={() => id !== null && removing.mutate({ id })}
    >
      Its weights are deleted from this machine, for every workspace. Adapters, datasets and results stay; to
      run the adapters again you would have to download it again.
      {removing.error === null ? null : <FailureNotice error={removing.error} />}
    </ConfirmDialog>
  );
  return { ask: setId, dialog };
}
