import { Button, Group, SegmentedControl, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { sentence } from "../../../../shared/domain/format/sentence.ts";
import type { RowDetail } from "../../../../shared/schema/evaluationRows.ts";
import { CorrectedMark } from "./CorrectedMark.tsx";
import type { Corrections } from "./useCorrections.ts";

/** What the row's right treatment is, who says so, and a person's own word. */
export function LabelPanel({ detail, corrections }: { detail: RowDetail; corrections: Corrections }) {
  const { row, labels } = detail;
  const { override } = labels;
  const [note, setNote] = useState(override?.note ?? "");
  const set = (label: "safe" | "harmful") =>
    corrections.correct({ kind: "label", row: row.row, label, note });
  return (
    <section aria-label="Label">
      <Group gap={8} mb={4}>
        <Title order={2}>Label</Title>
        {override === null ? null : <CorrectedMark what="label" />}
      </Group>
      <Stack gap={8}>
        <Text size="sm">{sourceWords(detail)}</Text>
        <Group gap={8} align="flex-end">
          <SegmentedControl
            aria-label="Your label"
            disabled={corrections.busy}
            value={row.label ?? ""}
            onChange={(value) => set(value === "harmful" ? "harmful" : "safe")}
            data={[
              { value: "safe", label: "Safe" },
              { value: "harmful", label: "Harmful" },
            ]}
          />
          <TextInput
            aria-label="Why"
            placeholder="Why (kept with your label)"
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
              Take your label back
            </Button>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          A label belongs to the test row: yours counts for every version, and is kept apart from the test
          set.
        </Text>
      </Stack>
    </section>
  );
}

function sourceWords({ row, labels: { override, column, frozen } }: RowDetail): string {
  const others = [
    ...(column === null ? [] : [`the test set says ${column}`]),
    ...(frozen?.label == null
      ? []
      : [`the judge's frozen label is ${frozen.label} (${frozen.votes.join(", ")}): ${frozen.reason}`]),
  ].join("; ");
  if (override !== null) {
    const why = override.note === "" ? "" : ` (“${override.note}”)`;
    return `${override.label}, set by ${override.who} on ${override.at.slice(0, 10)}${why}${others === "" ? "" : `; ${others}`}.`;
  }
  if (others !== "") return sentence(others);
  return row.label === null
    ? "Nobody has labelled it: it stands outside the safety matrix."
    : `${row.label}.`;
}
