import { Button, Group, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { formatProbability } from "../../../../shared/domain/format/probability.ts";
import type { JudgedName, RowDetail } from "../../../../shared/schema/evaluationRows.ts";
import { Caption } from "../../../ui/Caption.ts";
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
      <Table aria-label={text.nameScores} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text.name}</Table.Th>
            <Table.Th>{text.category}</Table.Th>
            <Table.Th ta="right">{text.probability}</Table.Th>
            <Table.Th ta="right">{text.score}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{text.yourScore}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {names.map((name) => (
            <NameLine
              key={name.index}
              name={name}
              mayScore={mayScore && name.broken.length === 0}
              onEdit={() => setEdited(edited === name.index ? null : name.index)}
            />
          ))}
        </Table.Tbody>
      </Table>
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

function NameLine({ name, mayScore, onEdit }: { name: JudgedName; mayScore: boolean; onEdit: () => void }) {
  const { judged, override } = name;
  return (
    <Table.Tr>
      <Table.Td style={{ overflowWrap: "anywhere" }}>
        <Text>{name.name}</Text>
        <Reasons name={name} />
      </Table.Td>
      <Table.Td>{categoryOf(name)}</Table.Td>
      <Table.Td ta="right">{formatProbability(name.probability)}</Table.Td>
      <Table.Td ta="right">
        {override === null ? (
          formatNumber(judged?.score ?? null)
        ) : (
          <Group gap={4} justify="flex-end" wrap="nowrap">
            <CorrectedMark what="score" />
            <span>{formatNumber(override.score)}</span>
            {judged === null ? null : (
              <Caption td="line-through" component="s">
                {formatNumber(judged.score)}
              </Caption>
            )}
          </Group>
        )}
      </Table.Td>
      <Table.Td ta="right">
        {mayScore ? (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={text.correctScore(name.name)}
            onClick={onEdit}
          >
            {text.correct}
          </Button>
        ) : null}
      </Table.Td>
    </Table.Tr>
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
