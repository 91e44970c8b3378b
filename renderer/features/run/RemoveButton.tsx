import { Button, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { Run } from "../../../shared/schema/run.ts";
import { useApi } from "../../api/index.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { messages } from "./messages.ts";

const { remove: text } = messages;

/** Deletes a run's folder after a confirmation that says what is deleted, what is kept, and how much is freed. */
export function RemoveButton({ run, onRemoved }: { run: Run; onRemoved: () => void }) {
  const api = useApi();
  const [opened, { open, close }] = useDisclosure(false);
  const files = useQuery(api.run.artifacts.queryOptions({ input: { id: run.id }, enabled: opened }));
  const removing = useMutation(
    api.run.remove.mutationOptions({
      onSuccess: ({ freedBytes }) => {
        notifications.show({
          title: text.removed(run.title),
          message: text.freed(formatBytes(freedBytes)),
        });
        close();
        onRemoved();
      },
    }),
  );
  return (
    <>
      <Button variant="default" onClick={open}>
        {text.button}
      </Button>
      <ConfirmDialog
        opened={opened}
        title={text.title(run.title)}
        action={files.data === undefined ? text.confirm : text.confirmSize(formatBytes(files.data.bytes))}
        keep={text.keep}
        busy={removing.isPending}
        onConfirm={() => removing.mutate({ id: run.id })}
        onClose={close}
      >
        <Stack gap={12}>
          <Text>
            This deletes the folder <span className="nw-mono">runs/{run.id}</span> with its journal, log, and
            outputs
            {files.data === undefined
              ? ""
              : `: ${pluralize(files.data.files.length, "file")}, ${formatBytes(files.data.bytes)}`}
            .
          </Text>
          <Text>{text.kept}</Text>
          <FailureNotice error={removing.error} title={text.failed} />
        </Stack>
      </ConfirmDialog>
    </>
  );
}
