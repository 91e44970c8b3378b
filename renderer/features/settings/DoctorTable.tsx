import { Box, Table } from "@mantine/core";
import type { DoctorReport } from "../../../shared/schema/environment.ts";
import { Caption } from "../../ui/Caption.ts";
import { checkNames, checkStatuses } from "./messages.ts";

/** Lists every check with its result and, if it failed, what to do. */
export function DoctorTable({ checks }: { checks: DoctorReport["checks"] }) {
  return (
    <Table verticalSpacing={8}>
      <Table.Tbody>
        {checks.map(({ id, status, detail, hint }) => {
          const { sign, label, ink } = checkStatuses[status];
          return (
            <Table.Tr key={id}>
              <Table.Th w={168} fw={500} style={{ verticalAlign: "top" }}>
                <Box component="span" c={ink} w={16} display="inline-block" role="img" aria-label={label}>
                  {sign}
                </Box>
                {checkNames[id]}
              </Table.Th>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                {detail}
                {hint === undefined ? null : <Caption>{hint}</Caption>}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
