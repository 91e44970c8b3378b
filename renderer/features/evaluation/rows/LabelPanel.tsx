import { Button, Group, SegmentedControl, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import type { RowDetail } from "../../../../shared/schema/evaluationRows.ts";
import { Caption } from "../../../ui/Caption.ts";
import { describeLabel } from "../labels.ts";
import { messages } from "../messages.ts";
import { CorrectedMark } from "./CorrectedMark.tsx";
import type { Corrections } from "./useCorrections.ts";

/** Shows a row's label and its source, and sets a manual label. */
export function LabelPanel({ detail, corrections }: { detail: RowDetail; corrections: Corrections }) {
  const { row, labels } = detail;
  const { override } = labels;
  const [note, setNote] = useState(override?.note ?? "");
  const set = (label: "safe" | "harmful") =>
    corrections.correct({ kind: "label", row: row.row, label, note });
  return (
    <section aria-label={messages.label.title}>
      <Group gap={8} mb={4}>
        <Title order={2}>{messages.label.title}</Title>
        {override === null ? null : <CorrectedMark what="label" />}
      </Group>
      <Stack gap={8}>
        <Text>{describeLabel(detail)}</Text>
        <Group gap={8} align="flex-end">
          <SegmentedControl
            aria-label={messages.label.yours}
            disabled={corrections.busy}
            value={row.label ?? ""}
            onChange={(value) => set(value === "harmful" ? "harmful" : "safe")}
            data={[
              { value: "safe", label: messages.label.safe },
              { value: "harmful", label: messages.label.harmful },
            ]}
          />
          <TextInput
            aria-label={messages.label.reason}
            placeholder={messages.label.reasonPlaceholder}
            flex={1}
            miw={160}
            maxLength={1000}
            value={note}
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
          />
          {override === null ? null : (
            <Button
              variant="default"
              disabled={corrections.busy}
              onClick={() => corrections.correct({ kind: "label", row: row.row, label: null, note: "" })}
            >
              {messages.label.remove}
            </Button>
          )}
        </Group>
        <Caption>{messages.label.help}</Caption>
      </Stack>
    </section>
  );
}
