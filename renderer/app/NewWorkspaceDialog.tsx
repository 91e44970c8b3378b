import { Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { NewWorkspace } from "../../shared/schema/host.ts";
import { useApi } from "../api/index.ts";
import { FailureNotice } from "../ui/FailureNotice.tsx";
import { PathPicker } from "../ui/PathPicker.tsx";
import { messages, workspaceContents } from "./messages.ts";

interface NewWorkspaceDialogProps {
  readonly opened: boolean;
  onClose(): void;
  onMade(id: string): void;
}

const { newWorkspace: text } = messages;

/** Creates a workspace in a new folder inside the selected one. */
export function NewWorkspaceDialog({ opened, onClose, onMade }: NewWorkspaceDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const [name, setName] = useState("my-study");
  const [from, setFrom] = useState<NewWorkspace["from"]>("dataset");
  const making = useMutation(
    api.host.createWorkspace.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries({ queryKey: api.host.workspaces.key() });
        onClose();
        onMade(id);
      },
    }),
  );
  const isName = /^[^/\\]+$/.test(name) && name !== "." && name !== "..";
  return (
    <Modal opened={opened} onClose={onClose} title={text.title} size="lg">
      <Stack gap={12}>
        <TextInput
          label={text.name}
          description={text.nameHelp}
          value={name}
          error={isName ? null : text.nameInvalid}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          data-autofocus
        />
        <Radio.Group
          label={text.contents}
          value={from}
          onChange={(value) =>
            setFrom(workspaceContents.find((one) => one.value === value)?.value ?? "dataset")
          }
        >
          <Stack gap={4} mt={4}>
            {workspaceContents.map((one) => (
              <Radio key={one.value} {...one} />
            ))}
          </Stack>
        </Radio.Group>
        <FailureNotice error={making.error} />
        <PathPicker
          purpose="workspace"
          action={text.create(name)}
          busy={making.isPending}
          disabled={!isName}
          onPicked={(folder) => making.mutate({ folder: `${folder}/${name}`, name, from })}
        />
      </Stack>
    </Modal>
  );
}
