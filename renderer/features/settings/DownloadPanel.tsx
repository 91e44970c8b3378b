import { Button, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { type BaseList, DownloadRequestSchema } from "../../../shared/schema/base.ts";
import { isActive, useApi } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useDeletion } from "./BaseTable.tsx";
import { DownloadRun } from "./DownloadRun.tsx";
import { modelOf, useDownloads } from "./useDownloads.ts";

interface DownloadPanelProps {
  readonly partial: BaseList["partial"];
  readonly readOnly: boolean;
}

/** A model from Hugging Face: fetched by this program, with progress, and resumed where it stopped. */
export function DownloadPanel({ partial, readOnly }: DownloadPanelProps) {
  const runs = useDownloads();
  const api = useApi();
  const queries = useQueryClient();
  const starting = useMutation(
    api.base.download.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.base.list.key() }),
    }),
  );
  const active = runs.filter(({ status }) => status !== "succeeded");
  return (
    <Panel title="Download from Hugging Face">
      <Stack gap={12}>
        <DownloadForm
          readOnly={readOnly}
          busy={starting.isPending}
          onStart={(id, revision) => starting.mutate({ id, revision })}
        />
        {starting.error === null ? null : (
          <FailureNotice error={starting.error} title="The download was not started" />
        )}
        {active.map((run) => (
          <DownloadRun key={run.id} run={run} />
        ))}
        <Partial
          partial={partial.filter(({ id }) => !active.some((run) => isActive(run) && modelOf(run) === id))}
          resumable={(id) => active.some((run) => modelOf(run) === id)}
          onResume={(id) => starting.mutate({ id })}
          readOnly={readOnly}
        />
      </Stack>
    </Panel>
  );
}

interface DownloadFormProps {
  readonly readOnly: boolean;
  readonly busy: boolean;
  onStart(id: string, revision: string): void;
}

function DownloadForm({ readOnly, busy, onStart }: DownloadFormProps) {
  const [id, setId] = useState("");
  const [revision, setRevision] = useState("main");
  const request = DownloadRequestSchema.safeParse({ id, revision });
  const problemOf = (field: string) =>
    request.error?.issues.find(({ path }) => path[0] === field)?.message ?? null;
  const start = (event: FormEvent): void => {
    event.preventDefault();
    if (request.success) onStart(request.data.id, request.data.revision);
  };
  return (
    <form onSubmit={start}>
      <Stack gap={8}>
        <Group gap={8} align="flex-start">
          <TextInput
            label="Model"
            placeholder="mistralai/Mistral-7B-Instruct-v0.3"
            w={320}
            disabled={readOnly}
            value={id}
            error={id === "" ? null : problemOf("id")}
            onChange={({ currentTarget }) => setId(currentTarget.value)}
          />
          <TextInput
            label="Revision"
            w={120}
            disabled={readOnly}
            value={revision}
            error={problemOf("revision")}
            onChange={({ currentTarget }) => setRevision(currentTarget.value)}
          />
          <Button type="submit" mt={20} disabled={readOnly || !request.success} loading={busy}>
            Download
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          Only configuration, tokenizer and the safetensors that its index names are fetched, each checked by
          its size and sum. Mistral 7B takes 14.5 GB.
        </Text>
      </Stack>
    </form>
  );
}

interface PartialProps {
  readonly partial: BaseList["partial"];
  readonly readOnly: boolean;
  /** Whether a run above goes on with it. */
  resumable(id: string): boolean;
  onResume(id: string): void;
}

function Partial({ partial, readOnly, resumable, onResume }: PartialProps) {
  const deleting = useDeletion();
  if (partial.length === 0) return null;
  return (
    <>
      <Table aria-label="Downloads that are not whole">
        <Table.Tbody>
          {partial.map(({ id, folder, bytes: have }) => (
            <Table.Tr key={folder}>
              <Table.Td>
                {id}
                <Text size="xs" c="dimmed">
                  {formatBytes(have)} are here; the rest is not
                </Text>
              </Table.Td>
              <Table.Td>
                <Group gap={8} justify="flex-end" wrap="nowrap">
                  <Button variant="default" onClick={() => deleting.ask(id)} aria-label={`Delete ${id}`}>
                    Delete…
                  </Button>
                  {resumable(id) ? null : (
                    <Button
                      variant="default"
                      disabled={readOnly}
                      onClick={() => onResume(id)}
                      aria-label={`Fetch the rest of ${id}`}
                    >
                      Fetch the rest
                    </Button>
                  )}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {deleting.dialog}
    </>
  );
}
