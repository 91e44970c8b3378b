import { Badge, Table, Text } from "@mantine/core";
import { formatNumber } from "../../../shared/domain/format/number.ts";
import { wilson95 } from "../../../shared/domain/statistics/proportions.ts";
import type { TrainingCurves } from "../../../shared/schema/trainingCurves.ts";
import { DataTable } from "../../ui/DataTable.tsx";
import { Figure } from "../../ui/Figure.tsx";
import { messages, evaluationColumns as titles } from "./messages.ts";

/** Shows the results of each evaluation on the validation rows, each share with its interval and n. */
export function EvaluationsTable({ curves }: { curves: TrainingCurves }) {
  const { evaluations, bestStep } = curves;
  if (evaluations.length === 0) {
    return <Text c="dimmed">{messages.view.noEvaluations}</Text>;
  }
  return (
    <Table.ScrollContainer minWidth={560}>
      <DataTable
        rows={evaluations}
        keyOf={({ step }) => step}
        columns={[
          { title: titles.epoch, ta: "right", cell: ({ epoch }) => formatNumber(epoch, 1) },
          { title: titles.step, ta: "right", cell: ({ step }) => step },
          { title: titles.evalLoss, ta: "right", cell: ({ evalLoss }) => formatNumber(evalLoss) },
          { title: titles.meanOfLosses, ta: "right", cell: (one) => formatNumber(one.meanOfLosses) },
          { title: titles.expectedCost, ta: "right", cell: (one) => formatNumber(one.expectedCost) },
          { title: titles.refusalAuroc, ta: "right", cell: (one) => formatNumber(one.refusalAuroc) },
          {
            title: titles.refusalRecall,
            ta: "right",
            cell: ({ refusalRecall, refusalsChecked: n }) => <Share value={refusalRecall} n={n} />,
          },
          {
            title: titles.falseRefusals,
            ta: "right",
            cell: ({ falseRefusals, answersChecked: n }) => (
              <Share value={n === 0 ? null : falseRefusals / n} n={n} />
            ),
          },
          {
            title: titles.wellFormed,
            ta: "right",
            cell: ({ wellFormedShare, answersChecked: n }) => <Share value={wellFormedShare} n={n} />,
          },
          {
            title: titles.kept,
            cell: ({ step }) => (step === bestStep ? <Badge>{messages.view.best}</Badge> : null),
          },
        ]}
      />
    </Table.ScrollContainer>
  );
}

/** Shows a share of the checked rows with its Wilson interval. */
function Share({ value, n }: { value: number | null; n: number }) {
  const ci95 = value === null ? null : wilson95(value * n, n);
  return <Figure value={value} ci95={ci95} n={n} reason={messages.view.noRows} align="right" />;
}
