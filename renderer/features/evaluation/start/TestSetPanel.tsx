import { Group, Text } from "@mantine/core";
import { formatCount } from "../../../../shared/domain/format/count.ts";
import type { EvaluationPlan } from "../../../../shared/schema/evaluationPlan.ts";
import { Caption } from "../../../ui/Caption.ts";
import { Panel } from "../../../ui/Panel.tsx";
import { messages } from "../messages.ts";

const nameOf = (file: string): string => file.split(/[/\\]/).at(-1) ?? file;

/** Shows the size, split, and labels of the workspace's test set. */
export function TestSetPanel({ testSet }: { testSet: EvaluationPlan["testSet"] }) {
  if (testSet === null) return null;
  const { file, rows, dev, heldout, safe, harmful, unlabelled, hasSplitColumn } = testSet;
  const figures: readonly [string, number][] = [
    ["rows", rows],
    ["dev", dev],
    ["held-out", heldout],
    ["safe", safe],
    ["harmful", harmful],
    ...(unlabelled > 0 ? [["unlabeled", unlabelled] as [string, number]] : []),
  ];
  return (
    <Panel title={messages.start.testSet(nameOf(file))}>
      <Group gap={24} className="nw-figures">
        {figures.map(([name, count]) => (
          <div key={name}>
            <Text size="lg" lh={1.3}>
              {formatCount(count)}
            </Text>
            <Caption>{name}</Caption>
          </div>
        ))}
      </Group>
      {hasSplitColumn ? null : <Caption mt={8}>{messages.start.noSplitColumn}</Caption>}
    </Panel>
  );
}
