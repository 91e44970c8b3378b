import { Badge, Button, Group, ScrollArea, Table, VisuallyHidden } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { formatLargeCount } from "../../../shared/domain/format/count.ts";
import { shortHash } from "../../../shared/domain/format/hash.ts";
import type { BaseEntry, BaseList } from "../../../shared/schema/base.ts";
import { useApi } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { baseSources, messages } from "./messages.ts";
import { useBaseChoice } from "./useBaseChoice.ts";

const { base: text } = messages;

/** Lists every base model on this machine that the workspace can use. */
export function BaseTable({ list, readOnly }: { list: BaseList; readOnly: boolean }) {
  const choosing = useBaseChoice();
  const deleting = useDeletion();
  return (
    <>
      <ScrollArea
        type="auto"
        offsetScrollbars="x"
        viewportProps={{ tabIndex: 0, role: "group", "aria-label": text.available }}
      >
        <Table miw={380}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.columns.base}</Table.Th>
              <Table.Th ta="right">{text.columns.parameters}</Table.Th>
              <Table.Th ta="right">{text.columns.size}</Table.Th>
              <Table.Th>
                <VisuallyHidden>{text.columns.actions}</VisuallyHidden>
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
      </ScrollArea>
      <FailureNotice error={choosing.error} title={text.changeFailed} />
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
        <Caption>
          {baseSources[source]}
          {revision === null ? "" : ` · ${shortHash(revision)}`}
          {check.problems.length === 0 ? "" : ` · ${check.problems.join("; ")}`}
        </Caption>
      </Table.Td>
      <Table.Td ta="right">{check.parameters === null ? "–" : formatLargeCount(check.parameters)}</Table.Td>
      <Table.Td ta="right">{formatBytes(check.bytes)}</Table.Td>
      <Table.Td>
        <Group gap={8} justify="flex-end" wrap="nowrap">
          {chosen ? <Badge color="accent">{text.inUse}</Badge> : null}
          {!chosen && source === "downloaded" ? (
            <Button variant="default" onClick={onDelete} aria-label={`Delete ${value}`}>
              {text.remove}
            </Button>
          ) : null}
          {chosen ? null : (
            <Button
              variant="default"
              loading={busy}
              disabled={readOnly || check.problems.length > 0}
              onClick={onUse}
              aria-label={`${text.use} ${check.name}`}
            >
              {text.use}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** Returns a function that asks to delete a download, and its confirmation dialog. */
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
      title={text.removeTitle(id ?? "")}
      action={text.removeConfirm}
      busy={removing.isPending}
      onClose={() => setId(null)}
      onConfirm={() => id !== null && removing.mutate({ id })}
    >
      {text.removeBody}
      <FailureNotice error={removing.error} />
    </ConfirmDialog>
  );
  return { ask: setId, dialog };
}
