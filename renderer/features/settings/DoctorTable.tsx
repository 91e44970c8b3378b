import { Box, Table, Text } from "@mantine/core";
import type { CheckId, DoctorReport } from "../../../shared/schema/environment.ts";

const names: Readonly<Record<CheckId, string>> = {
  node: "Node",
  python: "Python",
  environment: "Python environment",
  torch: "PyTorch",
  llama: "llama.cpp",
  electron: "Electron",
  "openai-key": "OpenAI key",
  "huggingface-token": "Hugging Face token",
  disk: "Disk",
  memory: "Memory",
  chromium: "Chromium",
};

const statuses = {
  ok: { sign: "✓", words: "there", ink: "var(--nw-better)" },
  warning: { sign: "!", words: "with a catch", ink: "var(--nw-worse)" },
  missing: { sign: "✗", words: "missing", ink: "var(--nw-worse)" },
} as const;

/** Every check with what was found and, where something is to be done, what. */
export function DoctorTable({ checks }: { checks: DoctorReport["checks"] }) {
  return (
    <Table verticalSpacing={8}>
      <Table.Tbody>
        {checks.map(({ id, status, detail, hint }) => {
          const { sign, words, ink } = statuses[status];
          return (
            <Table.Tr key={id}>
              <Table.Th w={168} fw={500} style={{ verticalAlign: "top" }}>
                <Box component="span" c={ink} w={16} display="inline-block" role="img" aria-label={words}>
                  {sign}
                </Box>
                {names[id]}
              </Table.Th>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                {detail}
                {hint === undefined ? null : (
                  <Text size="xs" c="dimmed">
                    {hint}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
