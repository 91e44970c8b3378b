import { Alert, Anchor, Box, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "wouter";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { ProposalDecision, ProposalList } from "../../../../shared/schema/proposals.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { useWorkspacePath } from "../../../ui/useUrlState.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";
import { ProposalCard } from "./ProposalCard.tsx";
import { ProposalIndex } from "./ProposalIndex.tsx";
import type { useReview } from "./useReview.ts";
import { useTypedRows } from "./useTypedRows.ts";

type Reviewing = ReturnType<typeof useReview>;

interface ReviewProps {
  readonly url: EvaluateUrl;
  readonly list: ProposalList;
  readonly decide: Reviewing["decide"];
  readonly accept: Reviewing["accept"];
}

/** One proposed row at a time, with the others beside it and what is decided so far. */
export function Review({ url, list, decide, accept }: ReviewProps) {
  const { proposals, accepted } = list;
  const typed = useTypedRows();
  const asked = Number(url.params.get("proposal"));
  const shown =
    proposals.find(({ id }) => id === asked) ??
    proposals.find(({ decision }) => decision === "open") ??
    proposals[0];
  const show = (id: number | undefined) => url.adjust({ proposal: id === undefined ? null : String(id) });
  /** After a decision the next open row comes, as one goes through a pile. */
  const next = (id: number) => {
    const open = proposals.filter((one) => one.decision === "open" && one.id !== id);
    show((open.find((one) => one.id > id) ?? open[0])?.id ?? id);
  };
  const decided = (id: number, decision: ProposalDecision) => {
    // Only what is accepted is kept by the host: else what was typed still stands here alone.
    if (decision === "accepted") typed.forget(id);
    next(id);
  };
  return (
    <Stack gap={12}>
      <Summary list={list} accept={accept} />
      <Group gap={16} align="flex-start" wrap="nowrap">
        <Box w={320} style={{ flexShrink: 0 }}>
          <ProposalIndex proposals={proposals} typed={typed.rows} shown={shown?.id ?? null} onShow={show} />
        </Box>
        <Box flex={1} miw={0}>
          {shown === undefined ? null : (
            <ProposalCard
              key={shown.id}
              proposal={shown}
              typed={accepted === null ? (typed.rows.get(shown.id) ?? null) : null}
              position={proposals.indexOf(shown) + 1}
              count={proposals.length}
              closed={accepted !== null}
              busy={decide.isPending}
              error={decide.variables?.id === shown.id ? decide.error : null}
              onType={(row) => typed.type(shown, row)}
              onDecide={(decision, row) =>
                decide.mutate(
                  { id: shown.id, decision, row },
                  { onSuccess: () => decided(shown.id, decision) },
                )
              }
              onMove={(by) => show(proposals[proposals.indexOf(shown) + by]?.id ?? shown.id)}
            />
          )}
        </Box>
      </Group>
      <TurnedDown list={list} />
    </Stack>
  );
}

function Summary({ list, accept }: { list: ProposalList; accept: Reviewing["accept"] }) {
  const { to } = useWorkspacePath();
  const { proposals, accepted, from, forRows } = list;
  const of = (decision: ProposalDecision) => proposals.filter((one) => one.decision === decision).length;
  if (accepted !== null) {
    return (
      <Alert
        color="teal"
        role="status"
        title={`dataset_${accepted.version} holds ${pluralize(accepted.rows, "row")}`}
      >
        <Text size="sm">
          {pluralize(accepted.added, "accepted row")} stand at its end.{" "}
          <Anchor component={Link} href={to("datasets")}>
            Open the datasets
          </Anchor>{" "}
          or{" "}
          <Anchor component={Link} href={to("train")}>
            train {accepted.version}
          </Anchor>
          .
        </Text>
      </Alert>
    );
  }
  const next = `v${Number(list.previous.slice(1)) + 1}`;
  return (
    <Stack gap={8}>
      <Group gap={12} justify="space-between">
        <Text size="sm" className="nw-figures" role="status">
          {pluralize(proposals.length, "row")} for {from}
          {forRows === null ? "" : `'s ${pluralize(forRows.length, "failing row")}`}: {of("accepted")}{" "}
          accepted, {of("rejected")} rejected, {of("open")} to read
        </Text>
        <Button disabled={of("accepted") === 0} loading={accept.isPending} onClick={() => accept.mutate()}>
          Write dataset_{next} with {pluralize(of("accepted"), "accepted row")}
        </Button>
      </Group>
      {accept.error === null ? null : <FailureNotice error={accept.error} title="No dataset was written" />}
    </Stack>
  );
}

function TurnedDown({ list: { rejected, notWritable } }: { list: ProposalList }) {
  const reasons = new Map<string, number>();
  for (const { reason } of rejected) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const lines = [
    ...[...reasons].map(([reason, count]) => `${formatCount(count)} × ${reason}`),
    ...notWritable.map(({ slice }) => `nothing for ${slice}: our generator does not know it, an LLM may`),
  ];
  if (lines.length === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      Turned down before they were proposed: {lines.join("; ")}
    </Text>
  );
}
