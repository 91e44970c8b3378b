import { Button, Group, Paper, SegmentedControl, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { pluralize } from "../../../../shared/domain/format/count.ts";
import type { Writer } from "../../../../shared/schema/augmentationRun.ts";
import { useApi, useClient } from "../../../api/index.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";

interface WriteRowsBarProps {
  readonly url: EvaluateUrl;
  readonly version: string;
  readonly chosen: ReadonlySet<number>;
  onClear(): void;
}

/** From failing rows to new ones: they are proposed, and enter no dataset before somebody has read them. */
export function WriteRowsBar({ url, version, chosen, onClear }: WriteRowsBarProps) {
  const [writer, setWriter] = useState<Writer>("rows");
  const write = useWriteRows(url, version);
  if (chosen.size === 0) return null;
  return (
    <Paper p={8} component="section" aria-label="Chosen rows">
      <Group gap={12}>
        <Text size="sm">{pluralize(chosen.size, "failing row")} chosen</Text>
        <SegmentedControl
          aria-label="Who writes the rows"
          value={writer}
          onChange={(value) => setWriter(value === "llm" ? "llm" : "rows")}
          data={[
            { value: "rows", label: "Our generator" },
            { value: "llm", label: "An LLM" },
          ]}
        />
        <Button
          loading={write.isPending}
          onClick={() => write.mutate({ forRows: [...chosen].sort((a, b) => a - b), writer })}
        >
          Write rows for these
        </Button>
        <Button variant="subtle" onClick={onClear}>
          Choose none
        </Button>
        <Text size="xs" c="dimmed">
          You review each row before it enters the next dataset.
        </Text>
      </Group>
      {write.error === null ? null : <FailureNotice error={write.error} title="No rows were written" />}
    </Paper>
  );
}

function useWriteRows(url: EvaluateUrl, version: string) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: (request: { forRows: number[]; writer: Writer }) =>
      client.augmentation.start({ from: version, review: true, ...request }),
    onSuccess: (run) => url.go("review", { run: run.id, proposal: null }),
    onSettled: () => queries.invalidateQueries({ queryKey: api.run.key() }),
  });
}
