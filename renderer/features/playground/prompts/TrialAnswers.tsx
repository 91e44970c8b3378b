import { List, ScrollArea, Table, Text } from "@mantine/core";
import type { PromptTrial } from "../../../../shared/schema/promptTrial.ts";
import type { Suggestion } from "../../../../shared/schema/suggest.ts";
import { Caption } from "../../../ui/Caption.ts";
import { messages } from "./messages.ts";

const { trial: text } = messages;

interface TrialAnswersProps {
  readonly trial: PromptTrial;
  readonly descriptions: readonly string[];
}

/** Shows each description with its answers, one column per prompt. */
export function TrialAnswers({ trial: { version, trials }, descriptions }: TrialAnswersProps) {
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": text.answers }}>
      <Table miw={280 * (trials.length + 1)} layout="fixed" verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text.descriptions}</Table.Th>
            {trials.map(({ name, otherThanTrained, examples }) => (
              <Table.Th key={name ?? ""} style={{ verticalAlign: "top" }}>
                {name === null ? text.column.edited : text.column.saved(name)}
                {otherThanTrained ? <Caption>{text.otherPrompt(version)}</Caption> : null}
                {examples === null ? null : (
                  <Caption>{text.examples(examples.rows.join(", "), examples.dataset)}</Caption>
                )}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {descriptions.map((description, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: descriptions may repeat, and keep their order
            <Table.Tr key={at} style={{ verticalAlign: "top" }}>
              <Table.Td>{description}</Table.Td>
              {trials.map(({ name, answers }) => (
                <Table.Td key={name ?? ""}>
                  <Answer answer={answers[at]} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

function Answer({ answer }: { answer: Suggestion | undefined }) {
  if (answer === undefined) return null;
  if (answer.refused) return <Text c="dimmed">{text.refused}</Text>;
  return (
    <>
      {answer.malformed ? <Text c="var(--nw-worse)">{text.malformed}</Text> : null}
      <List listStyleType="none" className="nw-mono">
        {answer.names.map(({ name }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a model may repeat a name, and names keep their order
          <List.Item key={at} style={{ overflowWrap: "anywhere" }}>
            {name}
          </List.Item>
        ))}
      </List>
    </>
  );
}
