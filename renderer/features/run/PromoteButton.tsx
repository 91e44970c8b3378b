import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Run } from "../../../shared/schema/run.ts";
import { TrainingRunSpecSchema } from "../../../shared/schema/trainingRun.ts";
import { useApi } from "../../api/index.ts";
import { noticeFailure } from "../../ui/notices.tsx";
import { messages } from "./messages.ts";

/** Promotes this training's adapter to its version. The previous adapter is kept by its run. */
export function PromoteButton({ run }: { run: Run }) {
  const queries = useQueryClient();
  const version = TrainingRunSpecSchema.safeParse(run.spec).data?.version;
  const promoting = useMutation(
    useApi().model.promote.mutationOptions({
      onSuccess: (promoted) => {
        notifications.show({
          title: messages.promote.done(promoted.version),
          message: messages.promote.doneDetail,
        });
        void queries.invalidateQueries();
      },
      onError: (error) => noticeFailure(error, messages.promote.failed),
    }),
  );
  if (version === undefined) return null;
  return (
    <Button variant="default" loading={promoting.isPending} onClick={() => promoting.mutate({ run: run.id })}>
      {messages.promote.button(version)}
    </Button>
  );
}
