import { Button, Group, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { KeyState } from "../../../shared/schema/settings.ts";
import { useApi } from "../../api/index.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { messages } from "./messages.ts";

const { key: text } = messages;

/** Sets or deletes a key. The key can't be read back; the field is cleared when it is sent. */
export function KeyForm({ state }: { state: KeyState }) {
  const api = useApi();
  const queries = useQueryClient();
  const [value, setValue] = useState("");
  const [deleting, setDeleting] = useState(false);
  const change = useMutation({
    ...api.settings.setKey.mutationOptions({
      onSuccess: (settings) => {
        queries.setQueryData(api.settings.get.queryKey(), settings);
        setDeleting(false);
      },
    }),
    // The cache must not keep the key that was sent.
    gcTime: 0,
  });
  const { name, wantedBy } = state;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate({ name, value, origin: wantedBy }, { onSuccess: () => change.reset() });
    setValue("");
  };
  return (
    <form onSubmit={save}>
      <Group gap={8} align="flex-end">
        <PasswordInput
          label={state.source === "stored" ? text.replace : text.key}
          description={
            state.source === null || state.source === "stored"
              ? text.storedFor(wantedBy)
              : text.storedForUnlessSet(wantedBy)
          }
          w={320}
          autoComplete="off"
          visibilityToggleButtonProps={{ "aria-label": text.show }}
          value={value}
          onChange={({ currentTarget }) => setValue(currentTarget.value)}
        />
        <Button type="submit" disabled={value.trim() === ""} loading={change.isPending}>
          {text.save}
        </Button>
        {state.source === "stored" ? (
          <Button variant="default" onClick={() => setDeleting(true)}>
            {text.remove}
          </Button>
        ) : null}
      </Group>
      <FailureNotice error={change.error} title={text.failed} />
      <ConfirmDialog
        opened={deleting}
        title={text.removeTitle}
        action={text.removeConfirm}
        busy={change.isPending}
        onClose={() => setDeleting(false)}
        onConfirm={() => change.mutate({ name, value: null, origin: wantedBy })}
      >
        {text.removeBody(state.origin ?? wantedBy)}
      </ConfirmDialog>
    </form>
  );
}
