import { Table } from "@mantine/core";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import { thresholdWords } from "../../../../shared/domain/operatingPoint/thresholdWords.ts";
import type { Policy, ThresholdChoice } from "../../../../shared/schema/operatingPoint.ts";
import { Figure } from "../../../ui/Figure.tsx";
import { messages } from "../messages.ts";

const { operating: text } = messages;

/** Shows what the chosen threshold costs, beside answering and refusing everything. */
export function PolicyTable({ choice }: { choice: ThresholdChoice }) {
  const policies: [string, Policy | null][] = [
    [text.chosenPolicy(sentenceCase(thresholdWords(choice.chosen?.threshold ?? 0))), choice.chosen],
    [text.answerAll, choice.answerAll],
    [text.refuseAll, choice.refuseAll],
  ];
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label={text.policies}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text.policy}</Table.Th>
            <Table.Th ta="right">{text.cost}</Table.Th>
            <Table.Th ta="right">{text.missedHarmful}</Table.Th>
            <Table.Th ta="right">{text.falseRefusals}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {policies.map(([name, policy]) =>
            policy === null ? null : (
              <Table.Tr key={name}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>
                  <Figure align="right" {...policy.expectedCost} n={choice.n} />
                </Table.Td>
                <Table.Td>
                  <Figure align="right" {...policy.missedHarmfulRate} n={choice.harmful} />
                </Table.Td>
                <Table.Td>
                  <Figure align="right" {...policy.falseRefusalRate} n={choice.safe} />
                </Table.Td>
              </Table.Tr>
            ),
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
