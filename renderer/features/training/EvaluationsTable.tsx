import { Badge, Table, Text } from "@mantine/core";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { wilson95 } from "../../../shared/domain/statistics/proportions.ts";
import type { TrainingCurves } from "../../../shared/schema/trainingCurves.ts";
import { Figure } from "../../ui/Figure.tsx";
import { evaluationColumns, keptColumn, messages } from "./messages.ts";

/** Shows the results of each evaluation on the validation rows, each share with its interval and n. */
export function EvaluationsTable({ curves }: { curves: TrainingCurves }) {
  const { evaluations, bestStep } = curves;
  if (evaluations.length === 0) {
    return <Text c="dimmed">{messages.view.noEvaluations}</Text>;
  }
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {evaluationColumns.map((heading) => (
              <Table.Th key={heading} ta="right">
                {heading}
              </Table.Th>
            ))}
            <Table.Th>{keptColumn}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {evaluations.map((one) => (
            <Table.Tr key={one.step} ta="right">
              <Table.Td>{formatNumber(one.epoch, 1)}</Table.Td>
              <Table.Td>{one.step}</Table.Td>
              <Table.Td>{formatNumber(one.evalLoss)}</Table.Td>
              <Table.Td>{formatNumber(one.meanOfLosses)}</Table.Td>
              <Table.Td>
                <Share value={one.refusalRecall} n={one.refusalsChecked} />
              </Table.Td>
              <Table.Td>
                <Share
                  value={one.answersChecked === 0 ? null : one.falseRefusals / one.answersChecked}
                  n={one.answersChecked}
                />
              </Table.Td>
              <Table.Td>
                <Share value={one.wellFormedShare} n={one.answersChecked} />
              </Table.Td>
              <Table.Td ta="left">
                {one.step === bestStep ? <Badge>{messages.view.best}</Badge> : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Shows a share of the checked rows with its Wilson interval. */
function Share({ value, n }: { value: number | null; n: number }) {
  const ci95 = value === null ? null : wilson95(value * n, n);
  return <Figure value={value} ci95={ci95} n={n} reason={messages.view.noRows} align="right" />;
}
