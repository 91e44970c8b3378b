import { Code, ScrollArea, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { formatBytes } from "../../shared/domain/format/bytes.ts";
import { useApi } from "../api/index.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { LinesSkeleton } from "./Skeletons.tsx";

/** How often the log of a run that goes on is read again, in milliseconds. */
const againMs = 1500;

/** A progress bar draws its line again and again: only what it said last is kept. */
function withoutRedrawn(text: string): string {
  return text.replace(/[^\n]*\r(?!\n)/g, "");
}

interface RunLogProps {
  readonly id: string;
  /** It grows: it is read again and again, and its end stays in view. */
  readonly goesOn: boolean;
  readonly height?: number | string;
}

/** The end of what a run's programs wrote for a developer. */
export function RunLog({ id, goesOn, height = 240 }: RunLogProps) {
  const { data, error } = useQuery(
    useApi().run.log.queryOptions({ input: { id }, refetchInterval: goesOn ? againMs : false }),
  );
  const viewport = useRef<HTMLDivElement>(null);
  const text = data?.text;
  useEffect(() => {
    if (text !== undefined) viewport.current?.scrollTo({ top: viewport.current.scrollHeight });
  }, [text]);
  if (error !== null) return <FailureNotice error={error} title="The log cannot be read" />;
  if (data === undefined) return <LinesSkeleton lines={4} />;
  if (data.text === "") {
    return (
      <Text size="sm" c="dimmed">
        Nothing was written to the log.
      </Text>
    );
  }
  return (
    <ScrollArea.Autosize
      mah={height}
      type="auto"
      viewportRef={viewport}
      viewportProps={{ tabIndex: 0, role: "region", "aria-label": "Log" }}
    >
      {data.cut ? (
        <Text size="xs" c="dimmed">
          Only its end: the whole log has {formatBytes(data.bytes)}.
        </Text>
      ) : null}
      <Code block bg="transparent" p={0}>
        {withoutRedrawn(data.text)}
      </Code>
    </ScrollArea.Autosize>
  );
}
