import { Box, Button, Stack, Table } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { DoctorReport } from "../../../shared/schema/environment.ts";
import { useApi, useClient } from "../../api/index.ts";
import { Caption } from "../../ui/Caption.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { checkNames, checkStatuses, messages } from "./messages.ts";
import { RebuildPanel } from "./RebuildPanel.tsx";

/** Shows the system check and rebuilds the Python environment. */
export function PythonSection() {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const input = { fresh: false };
  const doctor = useQuery(api.environment.doctor.queryOptions({ input, staleTime: 60_000 }));
  const [refreshing, setRefreshing] = useState(false);
  const refresh = async (): Promise<void> => {
    setRefreshing(true);
    try {
      const report = await client.environment.doctor({ fresh: true });
      queries.setQueryData(api.environment.doctor.queryKey({ input }), report);
    } finally {
      setRefreshing(false);
    }
  };
  return (
    <Stack gap={16}>
      <Panel
        title={messages.python.doctor}
        actions={
          <Button
            variant="default"
            loading={refreshing}
            onClick={() => void refresh().catch(() => doctor.refetch())}
          >
            {messages.python.refresh}
          </Button>
        }
      >
        <FailureNotice error={doctor.error} onRetry={doctor.refetch} />
        {doctor.data === undefined ? (
          doctor.error === null ? (
            <LinesSkeleton lines={8} />
          ) : null
        ) : (
          <DoctorTable checks={doctor.data.checks} />
        )}
      </Panel>
      <RebuildPanel onBuilt={() => void refresh()} />
    </Stack>
  );
}

/** Lists every check with its result and, if it failed, what to do. */
function DoctorTable({ checks }: { checks: DoctorReport["checks"] }) {
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
