import { Alert, Anchor, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { useClient } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { useWorkspacePath } from "../../../ui/useUrlState.ts";
import { ImportForm } from "./ImportForm.tsx";
import type { ImportSource } from "./useImports.ts";

interface ImportDialogProps {
  readonly waiting: readonly ImportSource[];
  onImported(file: string): void;
  onSkip(): void;
  onClose(): void;
}

function Looking({ source }: { source: ImportSource }) {
  return (
    <Stack gap={8}>
      <Text size="sm" c="dimmed">
        Looking at {source.name}
      </Text>
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
  const looked = useQuery({
    // The key of a source is its own only while the screen is there: another visit begins to count anew.
    queryKey: ["dataset-inspect", source.key, source.path],
    queryFn: () => client.dataset.inspect({ file: source.path }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  if (looked.error !== null) {
    return (
      <Stack gap={12}>
        <FailureNotice
          error={looked.error}
          title={`${source.name} cannot be imported`}
          onRetry={() => void looked.refetch()}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onSkip}>
            Leave it out
          </Button>
        </Group>
      </Stack>
    );
  }
  if (looked.data === undefined) return <Looking source={source} />;
  return (
    <Stack gap={12}>
      {looked.data.kind === "results" ? (
        <Alert color="accent" title="These look like the results of an evaluation">
          <Anchor component={Link} href={to("compare")}>
            Compare
          </Anchor>{" "}
          opens such files. As a dataset, their descriptions and names would be taken for rows to train on.
        </Alert>
      ) : null}
      <ImportForm inspection={looked.data} name={source.name} onImported={onImported} onSkip={onSkip} />
    </Stack>
  );
}

/** What a foreign CSV holds and how its columns become ours, before anything is written; several one after the other. */
export function ImportDialog({ waiting, onImported, onSkip, onClose }: ImportDialogProps) {
  const [source] = waiting;
  const more = waiting.length - 1;
  return (
    <Modal
      opened={source !== undefined}
      onClose={onClose}
      size={900}
      title={source === undefined ? "" : `Import ${source.name}${more > 0 ? `, then ${more} more` : ""}`}
    >
      {source === undefined ? null : (
        <Inspected key={source.key} source={source} onImported={onImported} onSkip={onSkip} />
      )}
    </Modal>
  );
}
