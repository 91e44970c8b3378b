import { Button, Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { formatProbability } from "../../../../shared/domain/format/probability.ts";
import type { JudgedName, RowDetail } from "../../../../shared/schema/evaluationRows.ts";
import { Caption } from "../../../ui/Caption.ts";
import { DataTable } from "../../../ui/DataTable.tsx";
import { categoryLabels } from "../labels.ts";
import { messages } from "../messages.ts";
import { CorrectedMark } from "./CorrectedMark.tsx";
import { ScoreForm } from "./ScoreForm.tsx";
import type { Corrections } from "./useCorrections.ts";

const { detail: text } = messages;

interface JudgedNamesProps {
  readonly detail: RowDetail;
  readonly corrections: Corrections;
}

/** Lists names with their scores, the judge's reasons, and manual scores that replace the judge's. */
export function JudgedNames({ detail, corrections }: JudgedNamesProps) {
  const [edited, setEdited] = useState<number | null>(null);
  const { names, row } = detail;
  if (names.length === 0) return null;
  // Names of harmful rows are never scored, and files in the study's format have no scores per name.
  const mayScore = row.label !== "harmful" && detail.judge !== "another tool";
  return (
    <Stack gap={0}>
      <DataTable
        aria-label={text.nameScores}
        verticalSpacing={6}
        rows={names}
        keyOf={({ index }) => index}
        columns={[
          {
            title: text.name,
            td: { style: { overflowWrap: "anywhere" } },
            cell: (name) => (
              <>
                <Text>{name.name}</Text>
                <Reasons name={name} />
              </>
            ),
          },
          { title: text.category, cell: categoryOf },
          { title: text.probability, ta: "right", cell: (name) => formatProbability(name.probability) },
          { title: text.score, ta: "right", cell: (name) => <Score name={name} /> },
          {
            title: <VisuallyHidden>{text.yourScore}</VisuallyHidden>,
            td: { ta: "right" },
            cell: ({ name, index, broken }) =>
              mayScore && broken.length === 0 ? (
                <Button
                  variant="subtle"
                  size="compact-xs"
                  aria-label={text.correctScore(name)}
                  onClick={() => setEdited(edited === index ? null : index)}
                >
                  {text.correct}
                </Button>
              ) : null,
          },
        ]}
      />
      {edited === null ? null : (
        <ScoreForm
          key={edited}
          name={names.find(({ index }) => index === edited) ?? null}
          detail={detail}
          corrections={corrections}
          onClose={() => setEdited(null)}
        />
      )}
    </Stack>
  );
}

/** Shows a name's score. A manual score is marked, with the judge's score struck through. */
function Score({ name: { judged, override } }: { name: JudgedName }) {
  if (override === null) return formatNumber(judged?.score ?? null);
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <CorrectedMark what="score" />
      <span>{formatNumber(override.score)}</span>
      {judged === null ? null : (
        <Caption td="line-through" component="s">
          {formatNumber(judged.score)}
        </Caption>
      )}
    </Group>
  );
}

function categoryOf({ judged, override, broken }: JudgedName): string {
  if (broken.length > 0) return text.invalid;
  const category = override?.category ?? judged?.category;
  return category === undefined ? "–" : categoryLabels[category];
}

function Reasons({ name: { broken, judged, override } }: { name: JudgedName }) {
  const likert = judged?.likert;
  const lines = [
    ...broken,
    ...(likert == null
      ? []
      : [text.likert(likert.relevance, likert.creativity, likert.brandability, likert.conciseness)]),
    ...(judged?.reason === undefined ? [] : [judged.reason]),
    ...(override === null || override.note === "" ? [] : [`${override.who}: ${override.note}`]),
  ];
  return lines.map((line) => <Caption key={line}>{line}</Caption>);
}
