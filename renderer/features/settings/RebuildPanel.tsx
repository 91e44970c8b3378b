import { Alert, Button, Loader, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { formatDuration } from "../../../shared/domain/format/duration.ts";
import type { RebuildEvent } from "../../../shared/schema/environment.ts";
import { streamContext, useApi, useClient, useStream } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { messages } from "./messages.ts";

const { python: text } = messages;

/** Rebuilds the Python environment and shows the installer's progress. */
export function RebuildPanel({ onBuilt }: { onBuilt: () => void }) {
  const api = useApi();
  const client = useClient();
  const [asking, ask] = useDisclosure(false);
  /** Which rebuild of this visit is followed; 0: none. */
  const [round, setRound] = useState(0);
  const [events, setEvents] = useState<readonly RebuildEvent[]>([]);
  const state = useStream<RebuildEvent>(
    round === 0 ? null : String(round),
    (signal) => client.environment.watchRebuild(undefined, { signal, context: streamContext }),
    (event) => {
      setEvents((before) => [...before, event]);
      if (event.kind === "done") onBuilt();
    },
  );
  const running = round > 0 && state.kind === "open";
  // Never cached: a rebuild seen at the last visit may have ended.
  const asked = api.environment.rebuilding.queryOptions({ staleTime: 0, gcTime: 0 });
  const alreadyRunning = useQuery(asked).data?.running;
  // A rebuild started before this screen was opened is followed from its starting.
  useEffect(() => {
    if (alreadyRunning === true) setRound((before) => Math.max(1, before));
  }, [alreadyRunning]);
  const done = events.findLast((event) => event.kind === "done");
  const starting = useMutation(
    api.environment.rebuild.mutationOptions({
      onSuccess: () => {
        setEvents([]);
        setRound((before) => before + 1);
      },
    }),
  );
  const start = (): void => {
    ask.close();
    starting.mutate();
  };
  return (
    <Panel
      title={text.environment}
      actions={
        <Button variant="default" onClick={ask.open} disabled={running || starting.isPending}>
          {text.rebuild}
        </Button>
      }
    >
      <Stack gap={8} aria-live="polite">
        <Text c="dimmed">{text.help}</Text>
        {running ? <Progress events={events} /> : null}
        <FailureNotice error={starting.error} title={text.startFailed} />
        {state.kind === "failed" ? <FailureNotice error={state.failure} title={text.rebuildFailed} /> : null}
        {done === undefined ? null : <Done event={done} />}
      </Stack>
      <ConfirmDialog
        opened={asking}
        title={text.rebuildTitle}
        action={text.rebuildConfirm}
        onConfirm={start}
        onClose={ask.close}
      >
        {text.rebuildBody}
      </ConfirmDialog>
    </Panel>
  );
}

function Progress({ events }: { events: readonly RebuildEvent[] }) {
  const last = events.findLast((event) => event.kind === "progress");
  // After a lost connection the stream repeats all events.
  const notes = new Set(events.flatMap((event) => (event.kind === "note" ? [event.text] : [])));
  return (
    <Alert color="accent" role="status" icon={<Loader size={16} />} title={text.building}>
      {[...notes].map((note) => (
        <Text key={note} size="xs">
          {note}
        </Text>
      ))}
      <Text style={{ overflowWrap: "anywhere" }}>{last?.text ?? text.movingOld}</Text>
      <Caption>{text.continues}</Caption>
    </Alert>
  );
}

function Done({ event }: { event: Extract<RebuildEvent, { kind: "done" }> }) {
  return (
    <Alert color="gray" role="status" title={text.rebuilt}>
      {text.rebuiltDetail(
        event.python,
        event.torch === "cpu" ? "CPU" : "default",
        formatDuration(event.seconds),
      )}
    </Alert>
  );
}
