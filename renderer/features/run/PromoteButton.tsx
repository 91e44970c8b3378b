import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Run } from "../../../shared/schema/run.ts";
import { TrainingRunSpecSchema } from "../../../shared/schema/trainingRun.ts";
import { useApi } from "../../api/index.ts";
import { noticeFailure } from "../../ui/notices.tsx";

/** Makes this training's adapter the one of its version. The one before is kept by its own run. */
export function PromoteButton({ run }: { run: Run }) {
  const queries = useQueryClient();
  const version = TrainingRunSpecSchema.safeParse(run.spec).data?.version;
  const promoting = useMutation(
    useApi().model.promote.mutationOptions({
      onSuccess: (promoted) => {
        notifications.show({
          title: `${promoted.version} is this run's adapter now`,
          message: "Results of the adapter before are stale.",
        });
        void queries.invalidateQueries();
      },
      onError: (error) => noticeFailure(error, "It was not promoted"),
    }),
  );
  if (version === undefined) return null;
  return (
    <Button variant="default" loading={promoting.isPending} onClick={() => promoting.mutate({ run: run.id })}>
      Make it {version}
    </Button>
  );
}
