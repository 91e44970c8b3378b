import { Modal, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { NewWorkspace } from "../../shared/schema/host.ts";
import { useApi } from "../api/index.ts";
import { FailureNotice } from "../ui/FailureNotice.tsx";
import { PathPicker } from "../ui/PathPicker.tsx";

interface NewWorkspaceDialogProps {
  readonly opened: boolean;
  onClose(): void;
  onMade(id: string): void;
}

const beginnings: readonly { value: NewWorkspace["from"]; label: string; description: string }[] = [
  {
    value: "dataset",
    label: "With a first dataset",
    description: "The sample's dataset_v1.csv and test set, nothing trained",
  },
  {
    value: "sample",
    label: "With the finished sample",
    description: "Its two versions, their results and all runs",
  },
  { value: "empty", label: "Empty", description: "You bring your own CSV in" },
];

/** A new folder, inside the one that is picked, becomes a workspace. */
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
    <Modal opened={opened} onClose={onClose} title="New workspace" size="lg">
      <Stack gap={12}>
        <TextInput
          label="Name"
          description="Also the name of its folder"
          value={name}
          error={isName ? null : "A folder's name, without slashes"}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          data-autofocus
        />
        <Radio.Group
          label="It begins"
          value={from}
          onChange={(value) => setFrom(beginnings.find((one) => one.value === value)?.value ?? "dataset")}
        >
          <Stack gap={4} mt={4}>
            {beginnings.map((one) => (
              <Radio key={one.value} {...one} />
            ))}
          </Stack>
        </Radio.Group>
        {making.error === null ? null : <FailureNotice error={making.error} />}
        <PathPicker
          purpose="workspace"
          action={`Make ${name} in this folder`}
          busy={making.isPending}
          disabled={!isName}
          onPicked={(folder) => making.mutate({ folder: `${folder}/${name}`, name, from })}
        />
      </Stack>
    </Modal>
  );
}
