import { Button, Group, Stack, Table, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { type BaseList, DownloadRequestSchema } from "../../../shared/schema/base.ts";
import { isActive, useApi } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { useDeletion } from "./BaseTable.tsx";
import { DownloadRun } from "./DownloadRun.tsx";
import { messages } from "./messages.ts";
import { modelOf, useDownloads } from "./useDownloads.ts";

const { download: text } = messages;

interface DownloadPanelProps {
  readonly partial: BaseList["partial"];
  readonly readOnly: boolean;
}

/** Downloads a model from Hugging Face with progress, and resumes interrupted downloads. */
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
    <Panel title={text.title}>
      <Stack gap={12}>
        <DownloadForm
          readOnly={readOnly}
          busy={starting.isPending}
          onStart={(id, revision) => starting.mutate({ id, revision })}
        />
        <FailureNotice error={starting.error} title={text.failed} />
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
            label={text.model}
            placeholder="mistralai/Mistral-7B-Instruct-v0.3"
            w={320}
            disabled={readOnly}
            value={id}
            error={id === "" ? null : problemOf("id")}
            onChange={({ currentTarget }) => setId(currentTarget.value)}
          />
          <TextInput
            label={text.revision}
            w={120}
            disabled={readOnly}
            value={revision}
            error={problemOf("revision")}
            onChange={({ currentTarget }) => setRevision(currentTarget.value)}
          />
          <Button type="submit" mt={20} disabled={readOnly || !request.success} loading={busy}>
            {text.start}
          </Button>
        </Group>
        <Caption>{text.help}</Caption>
      </Stack>
    </form>
  );
}

interface PartialProps {
  readonly partial: BaseList["partial"];
  readonly readOnly: boolean;
  /** Returns true if a run listed above can resume it. */
  resumable(id: string): boolean;
  onResume(id: string): void;
}

function Partial({ partial, readOnly, resumable, onResume }: PartialProps) {
  const deleting = useDeletion();
  if (partial.length === 0) return null;
  return (
    <>
      <Table aria-label={text.incomplete}>
        <Table.Tbody>
          {partial.map(({ id, folder, bytes: have }) => (
            <Table.Tr key={folder}>
              <Table.Td>
                {id}
                <Caption>{text.partial(formatBytes(have))}</Caption>
              </Table.Td>
              <Table.Td>
                <Group gap={8} justify="flex-end" wrap="nowrap">
                  <Button variant="default" onClick={() => deleting.ask(id)} aria-label={`Delete ${id}`}>
                    {messages.base.remove}
                  </Button>
                  {resumable(id) ? null : (
                    <Button
                      variant="default"
                      disabled={readOnly}
                      onClick={() => onResume(id)}
                      aria-label={text.finishOf(id)}
                    >
                      {text.finish}
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
