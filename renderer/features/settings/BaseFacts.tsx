import { Alert, Table } from "@mantine/core";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { formatLargeCount } from "../../../shared/domain/format/count.ts";
import type { BaseCheck } from "../../../shared/schema/base.ts";
import { messages } from "./messages.ts";

const { facts: text } = messages;

/** Shows the properties of a model folder or GGUF file, and why it can't be used. */
export function BaseFacts({ check }: { check: BaseCheck }) {
  const { architecture, tokenizer, parameters, layers, vocabularySize, contextLength, weights } = check;
  const rows: readonly (readonly [string, string])[] = [
    [text.path, check.path],
    [text.architecture, architecture ?? "–"],
    [
      text.tokenizer,
      tokenizer === null
        ? "–"
        : `${tokenizer}${vocabularySize === null ? "" : `, ${text.tokens(vocabularySize)}`}`,
    ],
    [
      text.parameters,
      parameters === null
        ? "–"
        : `${formatLargeCount(parameters)}${layers === null ? "" : text.inLayers(layers)}`,
    ],
    [text.context, contextLength === null ? "–" : text.tokens(contextLength)],
    [text.weights, `${formatBytes(check.bytes)}${weights === null ? "" : text.as(weights)}`],
    ...(check.kind === "folder"
      ? ([
          [
            text.gguf,
            check.ggufs.length === 0
              ? text.noGguf
              : check.ggufs.map((gguf) => `${gguf.weights}, ${formatBytes(gguf.bytes)}`).join("; "),
          ],
        ] as const)
      : []),
  ];
  return (
    <>
      <Table>
        <Table.Tbody>
          {rows.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={112} fw={500} style={{ verticalAlign: "top" }}>
                {name}
              </Table.Th>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {check.problems.length === 0 ? null : (
        <Alert color="orange" role="alert" title={messages.base.cantUse}>
          <ul style={{ margin: 0, paddingLeft: 16 }}>
            {check.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
