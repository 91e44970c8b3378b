import { Code, ScrollArea, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { formatBytes } from "../../shared/domain/format/bytes.ts";
import { useApi } from "../api/index.ts";
import { Caption } from "./Caption.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { messages } from "./messages.ts";
import { LinesSkeleton } from "./Skeletons.tsx";

/** How often the log of an active run is refreshed, in milliseconds. */
const refreshMs = 1500;

/** Keeps only the last state of lines that a progress bar redraws with carriage returns. */
function withoutRedrawn(text: string): string {
  return text.replace(/[^\n]*\r(?!\n)/g, "");
}

interface RunLogProps {
  readonly id: string;
  /** The run still writes: the log is refreshed and scrolled to its end. */
  readonly active: boolean;
  readonly height?: number | string;
}

/** Shows the end of a run's log. */
export function RunLog({ id, active, height = 240 }: RunLogProps) {
  const { data, error } = useQuery(
    useApi().run.log.queryOptions({ input: { id }, refetchInterval: active ? refreshMs : false }),
  );
  const viewport = useRef<HTMLDivElement>(null);
  const text = data?.text;
  useEffect(() => {
    if (text !== undefined) viewport.current?.scrollTo({ top: viewport.current.scrollHeight });
  }, [text]);
  if (error !== null) return <FailureNotice error={error} title={messages.run.logFailed} />;
  if (data === undefined) return <LinesSkeleton lines={4} />;
  if (data.text === "") {
    return <Text c="dimmed">{messages.run.logEmpty}</Text>;
  }
  return (
    <ScrollArea.Autosize
      mah={height}
      type="auto"
      viewportRef={viewport}
      viewportProps={{ tabIndex: 0, role: "region", "aria-label": "Log" }}
    >
      {data.cut ? <Caption>{messages.run.logCut(formatBytes(data.bytes))}</Caption> : null}
      <Code block bg="transparent" p={0}>
        {withoutRedrawn(data.text)}
      </Code>
    </ScrollArea.Autosize>
  );
}
