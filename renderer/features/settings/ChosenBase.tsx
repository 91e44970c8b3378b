import { Alert, Group, Select, Stack, Text } from "@mantine/core";
import type { BaseList } from "../../../shared/schema/base.ts";
import { WorkspaceConfigSchema } from "../../../shared/schema/workspace.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { BaseFacts } from "./BaseFacts.tsx";
import { useBaseChoice } from "./useBaseChoice.ts";

interface ChosenBaseProps {
  readonly list: BaseList;
  readonly versions: readonly string[];
  readonly readOnly: boolean;
}

const PrecisionSchema = WorkspaceConfigSchema.shape.precision.unwrap();

const precisions = [
  { value: "f16", label: "f16: as trained" },
  { value: "q8_0", label: "q8_0: half the memory" },
  { value: "q4_0", label: "q4_0: a quarter" },
];

/** The base that namewright.json names, with what it is and how it is run. */
export function ChosenBase({ list, versions, readOnly }: ChosenBaseProps) {
  const choosing = useBaseChoice();
  const { base, baseGguf, precision } = list.chosen;
  const entry = list.bases.find(({ chosen }) => chosen);
  return (
    <Stack gap={12}>
      {list.problem === null ? null : (
        <Alert color="orange" role="alert" title="It cannot be used as it is">
          {list.problem}. Download it below, or choose another one. Trained versions (
          {versions.join(", ") || "none"}) stay on disk.
        </Alert>
      )}
      {entry === undefined ? null : <BaseFacts check={{ ...entry.check, problems: [] }} />}
      {baseGguf === null ? (
        <Group gap={12} align="flex-end">
          <Select
            label="Run at precision"
            w={240}
            data={precisions}
            value={precision}
            disabled={readOnly || choosing.isPending}
            onChange={(value) => choosing.mutate({ base, precision: PrecisionSchema.parse(value) })}
          />
          <Text size="xs" c="dimmed" maw={360}>
            Below f16 the engine no longer answers as the trainer does token by token; the parity gate then
            compares the adapter's effect.
          </Text>
        </Group>
      ) : (
        <Text size="sm">
          It is run from the GGUF <span className="nw-mono">{baseGguf}</span>.
        </Text>
      )}
      {choosing.error === null ? null : (
        <FailureNotice error={choosing.error} title="The base was not changed" />
      )}
    </Stack>
  );
}
