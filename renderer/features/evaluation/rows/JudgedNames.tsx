import { Button, Group, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { formatNumber } from "../../../../shared/domain/format/number.ts";
import { formatProbability } from "../../../../shared/domain/format/probability.ts";
import type { JudgedName, RowDetail } from "../../../../shared/schema/evaluationRows.ts";
import { categoryWords } from "../words.ts";
import { CorrectedMark } from "./CorrectedMark.tsx";
import { ScoreForm } from "./ScoreForm.tsx";
import type { Corrections } from "./useCorrections.ts";

interface JudgedNamesProps {
  readonly detail: RowDetail;
  readonly corrections: Corrections;
}

/** Each name with its scores, the judge's reasons, and a person's score in its place where there is one. */
export function JudgedNames({ detail, corrections }: JudgedNamesProps) {
  const [edited, setEdited] = useState<number | null>(null);
  const { names, row } = detail;
  if (names.length === 0) return null;
  // A harmful row's names are never scored, and a file of the study's has no scores by name.
  const mayScore = row.label !== "harmful" && detail.judge !== "another tool";
  return (
    <Stack gap={0}>
      <Table aria-label="Names and their scores" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Category</Table.Th>
            <Table.Th ta="right">P(name)</Table.Th>
            <Table.Th ta="right">Score</Table.Th>
            <Table.Th>
              <VisuallyHidden>Your score</VisuallyHidden>
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
        <Text size="sm">{name.name}</Text>
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
              <Text size="xs" c="dimmed" td="line-through" component="s">
                {formatNumber(judged.score)}
              </Text>
            )}
          </Group>
        )}
      </Table.Td>
      <Table.Td ta="right">
        {mayScore ? (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={`Correct the score of ${name.name}`}
            onClick={onEdit}
          >
            Correct
          </Button>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}

function categoryOf({ judged, override, broken }: JudgedName): string {
  if (broken.length > 0) return "invalid";
  const category = override?.category ?? judged?.category;
  return category === undefined ? "–" : categoryWords[category];
}

function Reasons({ name: { broken, judged, override } }: { name: JudgedName }) {
  const likert = judged?.likert;
  const lines = [
    ...broken,
    ...(likert == null
      ? []
      : [
          `relevance ${likert.relevance}, creativity ${likert.creativity}, brandability ${likert.brandability}, conciseness ${likert.conciseness}`,
        ]),
    ...(judged?.reason === undefined ? [] : [judged.reason]),
    ...(override === null || override.note === "" ? [] : [`${override.who}: ${override.note}`]),
  ];
  return lines.map((line) => (
    <Text key={line} size="xs" c="dimmed">
      {line}
    </Text>
  ));
}
