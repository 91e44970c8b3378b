import { Button, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi, useClient } from "../../api/index.ts";
import { FailureNotice } from "../../ui/FailureNotice.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { LinesSkeleton } from "../../ui/Skeletons.tsx";
import { DoctorTable } from "./DoctorTable.tsx";
import { messages } from "./messages.ts";
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
