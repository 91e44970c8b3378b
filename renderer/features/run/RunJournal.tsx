import { Button, Group, Text } from "@mantine/core";
import { Fragment, useState } from "react";
import { pluralize } from "../../../shared/domain/format/count.ts";
import { eventWords } from "../../../shared/domain/run/eventWords.ts";
import type { JournalEntry, RunPage } from "../../../shared/schema/run.ts";
import { useRunPages } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { messages } from "./messages.ts";
import classes from "./runs.module.css";

/** Entries shown at first, and added each time. */
const step = 200;

/** Shows a run's journal live, newest entry first. */
export function RunJournal({ id }: { id: string }) {
  const [entries, setEntries] = useState<readonly JournalEntry[] | null>(null);
  const [shown, setShown] = useState(step);
  const take = (page: RunPage, first: boolean) =>
    setEntries((before) => (first || before === null ? page.entries : [...before, ...page.entries]));
  const stream = useRunPages(id, take);
  if (stream.kind === "failed" && entries === null)
    return <FailureNotice error={stream.failure} title={messages.journal.failed} />;
  if (entries === null) return <LinesSkeleton lines={8} />;
  const newest = entries.slice(-shown).reverse();
  return (
    <>
      <Caption mb={4}>{messages.journal.count(pluralize(entries.length, "entry", "entries"))}</Caption>
      <div className={classes.entries}>
        {newest.map(({ seq, at, event }) => (
          <Fragment key={seq}>
            <Caption ta="right" className="nw-figures">
              {seq}
            </Caption>
            <Caption className="nw-figures">
              <time dateTime={at} title={at}>
                {new Date(at).toLocaleTimeString()}
              </time>
            </Caption>
            <Text size="xs" c={event.kind === "warning" ? "var(--nw-worse)" : "var(--mantine-color-text)"}>
              {eventWords(event)}
            </Text>
          </Fragment>
        ))}
      </div>
      {entries.length > shown ? (
        <Group mt={8}>
          <Button variant="default" onClick={() => setShown(shown + step)}>
            {messages.journal.showOlder(Math.min(step, entries.length - shown))}
          </Button>
        </Group>
      ) : null}
    </>
  );
}
