import { Box, Button, Group, SimpleGrid, Stack } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi, useClient } from "../../../api/index.ts";
import { BasePreparation } from "../../../ui/BasePreparation.tsx";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { joinWords } from "../labels.ts";
import { messages } from "../messages.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";
import { JudgeChoice } from "./JudgeChoice.tsx";
import { PlanPanel } from "./PlanPanel.tsx";
import { RunSettings } from "./RunSettings.tsx";
import { startEach } from "./startEach.ts";
import { TestSetPanel } from "./TestSetPanel.tsx";
import { useStartForm } from "./useStartForm.ts";
import { VersionChoice } from "./VersionChoice.tsx";

interface StartViewProps {
  readonly url: EvaluateUrl;
  /** Every version that can be evaluated, `base` first. */
  readonly versions: readonly string[];
  readonly withResults: readonly string[];
}

/** Configures a new evaluation: versions, judge, and settings, next to the estimate and blocking problems. */
export function StartView({ url, versions, withResults }: StartViewProps) {
  const api = useApi();
  const { form, chooseVersions, chooseJudge, change } = useStartForm(url, versions, withResults);
  const { seed: _seed, ...asked } = form;
  const plan = useQuery(
    api.evaluation.plan.queryOptions({ input: asked, placeholderData: keepPreviousData }),
  );
  const start = useStart(url, chooseVersions);
  const failure = start.data?.failure ?? null;
  const blocked = plan.data === undefined || plan.data.findings.some(({ severity }) => severity === "error");
  return (
    <SimpleGrid type="container" cols={{ base: 1, "760px": 2 }} spacing={16} maw={1200}>
      <Stack gap={12}>
        <VersionChoice
          versions={versions}
          withResults={withResults}
          chosen={form.versions}
          onChoose={chooseVersions}
        />
        <JudgeChoice
          chosen={form.judge ?? plan.data?.judge?.kind ?? null}
          planned={plan.data?.judge ?? null}
          onChoose={chooseJudge}
        />
        <RunSettings form={form} planned={plan.data ?? null} onChange={change} />
      </Stack>
      <Stack gap={12}>
        <FailureNotice error={plan.error} title={messages.start.planFailed} onRetry={plan.refetch} />
        {plan.data === undefined ? (
          plan.error === null ? (
            <LinesSkeleton lines={8} />
          ) : null
        ) : (
          <Box opacity={plan.isPlaceholderData ? 0.6 : 1}>
            <Stack gap={12}>
              <TestSetPanel testSet={plan.data.testSet} />
              <PlanPanel plan={plan.data} form={form} />
            </Stack>
          </Box>
        )}
        {failure === null ? null : <FailureNotice error={failure.error} title={failure.title} />}
        <BasePreparation waiting={start.isPending} />
        <Group gap={8}>
          <Button
            disabled={blocked || plan.isPlaceholderData}
            loading={start.isPending}
            onClick={() => start.mutate(form)}
          >
            {form.versions.length === 0
              ? messages.start.evaluate
              : messages.noResults.evaluate(joinWords(form.versions))}
          </Button>
        </Group>
      </Stack>
    </SimpleGrid>
  );
}

/**
 * Starts one run per version, in order. They queue for the accelerator, and each can be paused separately. If one
 * can't be started, it and the following versions stay selected.
 */
function useStart(url: EvaluateUrl, chooseVersions: (some: readonly string[]) => void) {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ versions, ...request }: ReturnType<typeof useStartForm>["form"]) =>
      startEach(versions, (version) => client.evaluation.start({ version, ...request })),
    onSuccess: ({ runs, failure }) => {
      if (failure === null) url.go("runs", { run: runs[0]?.id ?? null, versions: null });
      else chooseVersions(failure.left);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: api.run.key() }),
  });
}
