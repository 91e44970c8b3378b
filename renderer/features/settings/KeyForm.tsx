import { Button, Group, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { KeyState } from "../../../shared/schema/settings.ts";
import { useApi } from "../../api/index.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";

/** A key goes in and does not come out: the field is emptied when it is sent. */
export function KeyForm({ state }: { state: KeyState }) {
  const api = useApi();
  const queries = useQueryClient();
  const [value, setValue] = useState("");
  const [forgetting, setForgetting] = useState(false);
  const change = useMutation({
    ...api.settings.setKey.mutationOptions({
      onSuccess: (settings) => {
        queries.setQueryData(api.settings.get.queryKey(), settings);
        setForgetting(false);
      },
    }),
    // What was sent is not kept beside the answer.
    gcTime: 0,
  });
  const { name, wantedBy } = state;
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ name, value, origin: wantedBy }, { onSuccess: () => change.reset() });
    setValue("");
  };
  return (
    <form onSubmit={keep}>
      <Group gap={8} align="flex-end">
        <PasswordInput
          label={state.source === "stored" ? "Another key" : "Key"}
          description={
            state.source === null || state.source === "stored"
              ? `Kept for ${wantedBy}`
              : `Kept for ${wantedBy}; while the environment has one, that one is used`
          }
          w={320}
          autoComplete="off"
          visibilityToggleButtonProps={{ "aria-label": "Show what is typed" }}
          value={value}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        />
        <Button type="submit" disabled={value.trim() === ""} loading={change.isPending}>
          Keep this key
        </Button>
        {state.source === "stored" ? (
          <Button variant="default" onClick={() => setForgetting(true)}>
            Forget the key…
          </Button>
        ) : null}
      </Group>
      {change.error === null ? null : <FailureNotice error={change.error} title="The key was not kept" />}
      <ConfirmDialog
        opened={forgetting}
        title="Forget the key?"
        action="Forget the key"
        busy={change.isPending}
        onClose={() => setForgetting(false)}
        onConfirm={() => change.mutate({ name, value: null, origin: wantedBy })}
      >
        The key for {state.origin} is deleted from this machine. You need it again to set it again; your
        endpoint and model stay.
      </ConfirmDialog>
    </form>
  );
}
