import { Alert, Button, Loader, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import type { RebuildEvent } from "../../../shared/schema/environment.ts";
import { following, useApi, useClient, useStream } from "../../api/index.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";

/** The Python environment built anew, with what the installer does. */
export function RebuildPanel({ onBuilt }: { onBuilt: () => void }) {
  const api = useApi();
  const client = useClient();
  const [asking, ask] = useDisclosure(false);
  /** Which rebuild of this visit is followed; 0: none yet. */
  const [round, setRound] = useState(0);
  const [events, setEvents] = useState<readonly RebuildEvent[]>([]);
  const state = useStream<RebuildEvent>(
    round === 0 ? null : String(round),
    (signal) => client.environment.watchRebuild(undefined, { signal, context: following }),
    (event) => {
      setEvents((before) => [...before, event]);
      if (event.kind === "done") onBuilt();
    },
  );
  const running = round > 0 && state.kind === "open";
  // Never from the cache: what went on at the last visit may be over.
  const asked = api.environment.rebuilding.queryOptions({ staleTime: 0, gcTime: 0 });
  const goesOn = useQuery(asked).data?.running;
  // One that was begun before this screen was opened is followed from its begin.
  useEffect(() => {
    if (goesOn === true) setRound((before) => Math.max(1, before));
  }, [goesOn]);
  const done = events.findLast((event) => event.kind === "done");
  const beginning = useMutation(
    api.environment.rebuild.mutationOptions({
      onSuccess: () => {
        setEvents([]);
        setRound((before) => before + 1);
      },
    }),
  );
  const begin = (): void => {
    ask.close();
    beginning.mutate();
  };
  return (
    <Panel
      title="Python environment"
      actions={
        <Button variant="default" onClick={ask.open} disabled={running || beginning.isPending}>
          Rebuild…
        </Button>
      }
    >
      <Stack gap={8} aria-live="polite">
        <Text size="sm" c="dimmed">
          Trainings run in an environment of our own, never in yours. Rebuild it where a check above finds it
          broken.
        </Text>
        {running ? <Progress events={events} /> : null}
        {beginning.error === null ? null : (
          <FailureNotice error={beginning.error} title="The rebuild was not begun" />
        )}
        {state.kind === "failed" ? (
          <FailureNotice
            error={state.failure}
            title="It was not rebuilt: the one that was there serves again"
          />
        ) : null}
        {done === undefined ? null : <Done event={done} />}
      </Stack>
      <ConfirmDialog
        opened={asking}
        title="Rebuild the Python environment?"
        action="Rebuild"
        onConfirm={begin}
        onClose={ask.close}
      >
        It downloads up to 6 GB and takes some minutes. Nothing can be trained meanwhile. Where it fails, the
        environment that is there now serves again. Your datasets, models and runs are not touched.
      </ConfirmDialog>
    </Panel>
  );
}

function Progress({ events }: { events: readonly RebuildEvent[] }) {
  const last = events.findLast((event) => event.kind === "progress");
  // After a lost connection it is told from its begin again.
  const notes = new Set(events.flatMap((event) => (event.kind === "note" ? [event.text] : [])));
  return (
    <Alert color="accent" role="status" icon={<Loader size={16} />} title="Building">
      {[...notes].map((text) => (
        <Text key={text} size="xs">
          {text}
        </Text>
      ))}
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {last?.text ?? "setting the old one aside"}
      </Text>
      <Text size="xs" c="dimmed">
        It goes on when you leave this screen.
      </Text>
    </Alert>
  );
}

function Done({ event }: { event: Extract<RebuildEvent, { kind: "done" }> }) {
  return (
    <Alert color="gray" role="status" title="✓ Rebuilt">
      Python {event.python} with the {event.torch === "cpu" ? "CPU" : "default"} build of torch, in{" "}
      {formatDuration(event.seconds)}.
    </Alert>
  );
}
