import { Alert, Table } from "@mantine/core";
import { formatBytes } from "../../../shared/domain/format/bytes.ts";
import { formatLargeCount } from "../../../shared/domain/format/count.ts";
import type { BaseCheck } from "../../../shared/schema/base.ts";

/** What a folder or GGUF says of itself, and what keeps it from being used. */
export function BaseFacts({ check }: { check: BaseCheck }) {
  const { architecture, tokenizer, parameters, layers, vocabularySize, contextLength, weights } = check;
  const rows: readonly (readonly [string, string])[] = [
    ["Path", check.path],
    ["Architecture", architecture ?? "–"],
    [
      "Tokenizer",
      tokenizer === null ? "–" : `${tokenizer}${vocabularySize === null ? "" : `, ${vocabularySize} tokens`}`,
    ],
    [
      "Parameters",
      parameters === null
        ? "–"
        : `${formatLargeCount(parameters)}${layers === null ? "" : ` in ${layers} layers`}`,
    ],
    ["Context", contextLength === null ? "–" : `${contextLength} tokens`],
    ["Weights", `${formatBytes(check.bytes)}${weights === null ? "" : ` as ${weights}`}`],
    ...(check.kind === "folder"
      ? ([
          [
            "GGUF",
            check.ggufs.length === 0
              ? "none beside it: converted when it is first run"
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
        <Alert color="orange" role="alert" title="It cannot be a base">
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
