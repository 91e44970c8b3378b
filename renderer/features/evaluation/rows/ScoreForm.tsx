import { Button, Group, NumberInput, Paper, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { JudgedName, RowDetail } from "../../../../shared/schema/evaluationRows.ts";
import { type NameCategory, NameCategorySchema } from "../../../../shared/schema/judge.ts";
import { Caption } from "../../../ui/Caption.ts";
import { categoryLabels } from "../labels.ts";
import { messages } from "../messages.ts";
import type { Corrections } from "./useCorrections.ts";

const { score: text } = messages;

interface ScoreFormProps {
  readonly name: JudgedName | null;
  readonly detail: RowDetail;
  readonly corrections: Corrections;
  onClose(): void;
}

/** Sets a manual score of a name on the file's scale: 1 to 5 for an LLM judge, 0 to 1 for the rule judge. */
export function ScoreForm({ name, detail, corrections, onClose }: ScoreFormProps) {
  const scale = scaleOf(detail);
  const current = name?.override ?? name?.judged ?? null;
  const [score, setScore] = useState<number | null>(current === null ? null : scale.shown(current.score));
  const [category, setCategory] = useState<NameCategory | null>(current?.category ?? null);
  const [note, setNote] = useState(name?.override?.note ?? "");
  if (name === null) return null;
  const set = (to: number | null) => {
    corrections.correct({ kind: "score", row: detail.row.row, name: name.name, score: to, category, note });
    onClose();
  };
  return (
    <Paper p={12} mt={8} component="section" aria-label={text.form(name.name)}>
      <Stack gap={8}>
        <Group gap={8} align="flex-end">
          <NumberInput
            label={text.score(scale.least, scale.most)}
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
            label={text.category}
            w={140}
            placeholder={text.choose}
            value={category}
            data={NameCategorySchema.options.map((value) => ({ value, label: categoryLabels[value] }))}
            onChange={(value) => setCategory(NameCategorySchema.safeParse(value).data ?? null)}
          />
          <TextInput
            label={text.reason}
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
            {text.save}
          </Button>
          {name.override === null ? null : (
            <Button variant="default" disabled={corrections.busy} onClick={() => set(null)}>
              {text.remove}
            </Button>
          )}
          <Button variant="subtle" onClick={onClose}>
            {text.cancel}
          </Button>
        </Group>
        <Caption>{text.help(detail.version)}</Caption>
      </Stack>
    </Paper>
  );
}

/** Maps scores of 1 to 5 to 0 to 1 with (x − 1)/4, the same as the judge's scores. */
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
