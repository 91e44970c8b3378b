import { Button, Stack } from "@mantine/core";
import type { Run } from "../../../../shared/schema/run.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { RunsPending } from "../../../ui/RunsPending.tsx";
import { useSettledChoice } from "../../../ui/useSettledChoice.ts";
import { messages } from "../messages.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";
import { isGoing } from "../useEvaluationRuns.ts";
import { LiveRun } from "./LiveRun.tsx";
import { RunChoice } from "./RunChoice.tsx";

/** Lists current and past evaluations and follows the selected one row by row. */
export function RunsView({ url, runs }: { url: EvaluateUrl; runs: readonly Run[] | null }) {
  const judged = (runs ?? []).filter(({ kind }) => kind !== "augmentation");
  const asked = url.params.get("run");
  const suggested = (judged.find(isGoing) ?? judged[0])?.id ?? null;
  // A run that has just been started may not be listed yet.
  const chosen = useSettledChoice(asked ?? "", suggested, (id) => judged.some((run) => run.id === id));
  if (runs === null) return <RunsPending lines={6} />;
  if (judged.length === 0 && asked === null) {
    return (
      <EmptyState
        title={messages.run.emptyTitle}
        action={<Button onClick={() => url.go("start")}>{messages.newEvaluation}</Button>}
      >
        {messages.run.empty}
      </EmptyState>
    );
  }
  if (chosen === null) return null;
  return (
    <Stack gap={12}>
      <RunChoice runs={judged} chosen={chosen} onChoose={(id) => url.go("runs", { run: id })} />
      <LiveRun key={chosen} id={chosen} listed={judged.find(({ id }) => id === chosen) ?? null} url={url} />
    </Stack>
  );
}
