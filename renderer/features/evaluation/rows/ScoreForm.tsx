import { Button, Group, NumberInput, Paper, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { JudgedName, RowDetail } from "../../../../shared/schema/evaluationRows.ts";
import { type NameCategory, NameCategorySchema } from "../../../../shared/schema/judge.ts";
import { categoryWords } from "../words.ts";
import type { Corrections } from "./useCorrections.ts";

interface ScoreFormProps {
  readonly name: JudgedName | null;
  readonly detail: RowDetail;
  readonly corrections: Corrections;
  onClose(): void;
}

/** A person's score of one name, on the scale of the file: 1 to 5 beside an LLM's, 0 to 1 beside a rule score. */
export function ScoreForm({ name, detail, corrections, onClose }: ScoreFormProps) {
  const scale = scaleOf(detail);
  const standing = name?.override ?? name?.judged ?? null;
  const [score, setScore] = useState<number | null>(standing === null ? null : scale.shown(standing.score));
  const [category, setCategory] = useState<NameCategory | null>(standing?.category ?? null);
  const [note, setNote] = useState(name?.override?.note ?? "");
  if (name === null) return null;
  const set = (to: number | null) => {
    corrections.correct({ kind: "score", row: detail.row.row, name: name.name, score: to, category, note });
    onClose();
  };
  return (
    <Paper p={12} mt={8} component="section" aria-label={`Your score of ${name.name}`}>
      <Stack gap={8}>
        <Group gap={8} align="flex-end">
          <NumberInput
            label={`Score, ${scale.least} to ${scale.most}`}
            w={120}
            min={scale.least}
            max={scale.most}
            step={scale.step}
            decimalScale={2}
            data-autofocus
            value={score ?? ""}
            onChange={(value) => setScore(typeof value === "number" ? value : null)}
          />
          <Select
            label="Category"
            w={140}
            placeholder="Choose"
            value={category}
            data={NameCategorySchema.options.map((value) => ({ value, label: categoryWords[value] }))}
            onChange={(value) => setCategory(NameCategorySchema.safeParse(value).data ?? null)}
          />
          <TextInput
            label="Why"
            flex={1}
            miw={140}
            maxLength={1000}
            value={note}
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
          />
        </Group>
        <Group gap={8}>
          <Button
            disabled={corrections.busy || score === null || category === null}
            onClick={() => set(scale.kept(score ?? 0))}
          >
            Set your score
          </Button>
          {name.override === null ? null : (
            <Button variant="default" disabled={corrections.busy} onClick={() => set(null)}>
              Take your score back
            </Button>
          )}
          <Button variant="subtle" onClick={onClose}>
            Leave it
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          It counts in every figure of {detail.version} in place of the judge's, which is kept.
        </Text>
      </Stack>
    </Paper>
  );
}

/** (x − 1)/4 brings 1 to 5 onto 0 to 1, as it does with the judge's own. */
function scaleOf({ scale }: RowDetail) {
  const likert = scale === "quality";
  const rounded = (value: number) => Math.round(value * 100) / 100;
  return {
    least: likert ? 1 : 0,
    most: likert ? 5 : 1,
    step: likert ? 0.5 : 0.05,
    shown: (score: number) => rounded(likert ? 1 + 4 * score : score),
    kept: (shown: number) => Math.min(1, Math.max(0, likert ? (shown - 1) / 4 : shown)),
  };
}
