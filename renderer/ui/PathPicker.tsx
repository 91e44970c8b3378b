import { Button, Group, ScrollArea, Stack, Text, UnstyledButton } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatBytes } from "../../shared/domain/format/bytes.ts";
import type { PickPurpose } from "../../shared/schema/host.ts";
import { useApi } from "../api/index.ts";
import { Caption } from "./Caption.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { messages } from "./messages.ts";
import { noticeFailure } from "./notices.tsx";

interface PathPickerProps {
  readonly purpose: PickPurpose;
  /** The label of the button that picks the open folder. Files are picked by clicking them. */
  readonly action: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  onPicked(path: string): void;
}

const picksFiles = (purpose: PickPurpose) => purpose === "csv" || purpose === "gguf";

/** Picks a file or folder on the host's machine: with the system dialog if available, otherwise by browsing. */
export function PathPicker(props: PathPickerProps) {
  const {
    data: info,
    error,
    refetch,
  } = useQuery(useApi().host.info.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  if (info === undefined) return error === null ? null : <FailureNotice error={error} onRetry={refetch} />;
  return info.nativeDialogs ? <NativePicker {...props} /> : <FolderBrowser {...props} />;
}

function NativePicker({ purpose, action, busy = false, disabled = false, onPicked }: PathPickerProps) {
  const picking = useMutation(
    useApi().host.pick.mutationOptions({
      onSuccess: ({ path }) => {
        if (path !== null) onPicked(path);
      },
      onError: (error) => noticeFailure(error, messages.picker.failed),
    }),
  );
  return (
    <Button loading={busy} disabled={disabled} onClick={() => picking.mutate({ purpose })}>
      {action}…
    </Button>
  );
}

function Entry({ label, hint, onOpen }: { label: string; hint?: string; onOpen: () => void }) {
  return (
    <UnstyledButton px={8} py={4} onClick={onOpen}>
      <Group justify="space-between" wrap="nowrap">
        <Text truncate>{label}</Text>
        {hint === undefined ? null : <Caption>{hint}</Caption>}
      </Group>
    </UnstyledButton>
  );
}

function FolderBrowser({ purpose, action, busy = false, disabled = false, onPicked }: PathPickerProps) {
  const [folder, setFolder] = useState<string | null>(null);
  const api = useApi();
  const { data, error } = useQuery(api.host.browse.queryOptions({ input: { folder, purpose } }));
  const info = useQuery(api.host.info.queryOptions({ staleTime: Number.POSITIVE_INFINITY })).data;
  // At the top of one allowed folder, the others are listed.
  const others = data?.parent === null ? info?.roots.filter((root) => root !== data.folder) : [];
  return (
    <Stack gap={8}>
      <Caption style={{ overflowWrap: "anywhere" }}>{data?.folder ?? folder ?? "…"}</Caption>
      <FailureNotice error={error} />
      <ScrollArea h={240} style={{ border: "1px solid var(--mantine-color-default-border)" }}>
        <Stack gap={0}>
          {data?.parent == null ? null : (
            <Entry label={messages.picker.parentFolder} onOpen={() => setFolder(data.parent)} />
          )}
          {others?.map((root) => (
            <Entry
              key={root}
              label={`${root}/`}
              hint={messages.picker.otherRoot}
              onOpen={() => setFolder(root)}
            />
          ))}
          {data?.folders.map(({ name, path, workspace }) => (
            <Entry
              key={path}
              label={`${name}/`}
              {...(workspace ? { hint: messages.picker.workspace } : {})}
              onOpen={() => setFolder(path)}
            />
          ))}
          {data?.files.map(({ name, path, bytes }) => (
            <Entry key={path} label={name} hint={formatBytes(bytes)} onOpen={() => onPicked(path)} />
          ))}
          {data !== undefined && data.unlisted > 0 ? (
            <Caption px={8} py={4}>
              {messages.picker.more(data.unlisted)}
            </Caption>
          ) : null}
        </Stack>
      </ScrollArea>
      {picksFiles(purpose) ? null : (
        <Button
          loading={busy}
          disabled={disabled || data === undefined}
          onClick={() => data !== undefined && onPicked(data.folder)}
        >
          {action}
        </Button>
      )}
    </Stack>
  );
}
