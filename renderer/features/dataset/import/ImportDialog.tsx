import { Alert, Anchor, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { useClient } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { useWorkspacePath } from "../../../ui/useUrlState.ts";
import { messages } from "../messages.ts";
import { ImportForm } from "./ImportForm.tsx";
import type { ImportSource } from "./useImports.ts";

const { import: text } = messages;

interface ImportDialogProps {
  readonly waiting: readonly ImportSource[];
  onImported(file: string): void;
  onSkip(): void;
  onClose(): void;
}

function Reading({ source }: { source: ImportSource }) {
  return (
    <Stack gap={8}>
      <Text c="dimmed">{text.reading(source.name)}</Text>
      <LinesSkeleton lines={8} />
    </Stack>
  );
}

function Inspected({
  source,
  onImported,
  onSkip,
}: {
  source: ImportSource;
  onImported(file: string): void;
  onSkip(): void;
}) {
  const client = useClient();
  const { to } = useWorkspacePath();
  const inspected = useQuery({
    // The path is part of the key, because keys of sources restart with each visit of the screen.
    queryKey: ["dataset-inspect", source.key, source.path],
    queryFn: () => client.dataset.inspect({ file: source.path }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  if (inspected.error !== null) {
    return (
      <Stack gap={12}>
        <FailureNotice
          error={inspected.error}
          title={text.readFailed(source.name)}
          onRetry={inspected.refetch}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onSkip}>
            {text.skip}
          </Button>
        </Group>
      </Stack>
    );
  }
  if (inspected.data === undefined) return <Reading source={source} />;
  return (
    <Stack gap={12}>
      {inspected.data.kind === "results" ? (
        <Alert color="accent" title={text.resultsTitle}>
          <Anchor component={Link} href={to("compare")}>
            {text.compare}
          </Anchor>{" "}
          {text.results}
        </Alert>
      ) : null}
      <ImportForm inspection={inspected.data} name={source.name} onImported={onImported} onSkip={onSkip} />
    </Stack>
  );
}

/** Previews CSV files and maps their columns before anything is written, one file after the other. */
export function ImportDialog({ waiting, onImported, onSkip, onClose }: ImportDialogProps) {
  const [source] = waiting;
  const more = waiting.length - 1;
  return (
    <Modal
      opened={source !== undefined}
      onClose={onClose}
      size={900}
      title={source === undefined ? "" : text.title(source.name, more)}
    >
      {source === undefined ? null : (
        <Inspected key={source.key} source={source} onImported={onImported} onSkip={onSkip} />
      )}
    </Modal>
  );
}
