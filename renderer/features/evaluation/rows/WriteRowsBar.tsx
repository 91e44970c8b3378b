import { Button, Group, Paper, SegmentedControl, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { pluralize } from "../../../../shared/domain/format/count.ts";
import type { Writer } from "../../../../shared/schema/augmentationRun.ts";
import { useApi, useClient } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { messages } from "../messages.ts";
import { SeedAndLimits, type SeedAndLimitValues } from "../SeedAndLimits.tsx";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";

const { generate: text } = messages;

interface WriteRowsBarProps {
  readonly url: EvaluateUrl;
  readonly version: string;
  readonly chosen: ReadonlySet<number>;
  onClear(): void;
}

/** Generates rows for the selected failing rows. They must be reviewed before they are added to a dataset. */
export function WriteRowsBar({ url, version, chosen, onClear }: WriteRowsBarProps) {
  const [asked, setAsked] = useState<Writer | null>(null);
  const [limits, setLimits] = useState<SeedAndLimitValues>({ seed: 1, maxCalls: null, maxCost: null });
  const files = useQuery(useApi().dataset.list.queryOptions()).data;
  const pooled = files?.some(({ name }) => name === "row_pool.csv") ?? true;
  const writer = asked ?? (pooled ? "pool" : "llm");
  const write = useWriteRows(url, version);
  if (chosen.size === 0) return null;
  return (
    <Paper p={8} component="section" aria-label={text.label}>
      <Group gap={12} align="flex-end">
        <Text>{text.selected(pluralize(chosen.size, "failing row"))}</Text>
        <SegmentedControl
          aria-label={text.writer}
          value={writer}
          onChange={(value) => setAsked(value === "llm" ? "llm" : "pool")}
          data={[
            { value: "pool", label: text.pool, disabled: !pooled },
            { value: "llm", label: text.llm },
          ]}
        />
        <SeedAndLimits
          values={limits}
          callsLabel={writer === "llm" ? text.maxCalls : null}
          onChange={(changes) => setLimits((before) => ({ ...before, ...changes }))}
        />
        <Button
          loading={write.isPending}
          onClick={() =>
            write.mutate({
              forRows: [...chosen].sort((a, b) => a - b),
              writer,
              seed: limits.seed,
              ...(writer === "llm" ? limits : {}),
            })
          }
        >
          {text.generate}
        </Button>
        <Button variant="subtle" onClick={onClear}>
          {text.clear}
        </Button>
        <Caption>{text.help}</Caption>
      </Group>
      <FailureNotice error={write.error} title={text.failed} />
    </Paper>
  );
}

function useWriteRows(url: EvaluateUrl, version: string) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: (request: { forRows: number[]; writer: Writer } & Partial<SeedAndLimitValues>) =>
      client.augmentation.start({ from: version, review: true, ...request }),
    onSuccess: (run) => url.go("review", { run: run.id, proposal: null }),
    onSettled: () => queries.invalidateQueries({ queryKey: api.run.key() }),
  });
}
