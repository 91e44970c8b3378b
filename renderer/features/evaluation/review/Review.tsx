import { Alert, Anchor, Box, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { describeShortfall } from "../../../../shared/domain/augmentation/shortfall.ts";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { DatasetRow } from "../../../../shared/schema/dataset.ts";
import type { Proposal, ProposalDecision, ProposalList } from "../../../../shared/schema/proposals.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { useWorkspacePath } from "../../../ui/useUrlState.ts";
import { describeReview } from "../labels.ts";
import { messages } from "../messages.ts";
import type { EvaluateUrl } from "../useEvaluateUrl.ts";
import { PlannedGroups } from "./PlannedGroups.tsx";
import { ProposalCard } from "./ProposalCard.tsx";
import { ProposalIndex } from "./ProposalIndex.tsx";
import type { useReview } from "./useReview.ts";

/** Holds edited, not yet accepted rows by id, so that edits survive moving to another row. */
function useTypedRows() {
  const [rows, setRows] = useState<ReadonlyMap<number, DatasetRow>>(new Map());
  const forget = (id: number) => setRows((before) => new Map([...before].filter(([other]) => other !== id)));
  return {
    rows,
    forget,
    /** Stores an edited row, or forgets it if it equals the proposed one. */
    type({ id, row: proposed }: Proposal, row: DatasetRow): void {
      if (JSON.stringify(row) === JSON.stringify(proposed)) forget(id);
      else setRows((before) => new Map(before).set(id, row));
    },
  };
}

const { review: text } = messages;

type Reviewing = ReturnType<typeof useReview>;

interface ReviewProps {
  readonly url: EvaluateUrl;
  readonly list: ProposalList;
  readonly decide: Reviewing["decide"];
  readonly accept: Reviewing["accept"];
}

/** Reviews proposed rows one at a time, next to the list of all rows and their decisions. */
export function Review({ url, list, decide, accept }: ReviewProps) {
  const { proposals, accepted } = list;
  const typed = useTypedRows();
  const asked = Number(url.params.get("proposal"));
  const shown =
    proposals.find(({ id }) => id === asked) ??
    proposals.find(({ decision }) => decision === "open") ??
    proposals[0];
  const show = (id: number | undefined) => url.adjust({ proposal: id === undefined ? null : String(id) });
  /** Shows the next open row after a decision. */
  const next = (id: number) => {
    const open = proposals.filter((one) => one.decision === "open" && one.id !== id);
    show((open.find((one) => one.id > id) ?? open[0])?.id ?? id);
  };
  const decided = (id: number, decision: ProposalDecision) => {
    // The host stores only accepted rows. Other edits exist only here, so keep them.
    if (decision === "accepted") typed.forget(id);
    next(id);
  };
  return (
    <Stack gap={12}>
      <Summary list={list} accept={accept} />
      <Group gap={16} align="flex-start" wrap="nowrap">
        <Box w={320} flex="none">
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
      <PlannedGroups groups={list.groups} />
      <SkippedRows list={list} />
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
        title={text.doneTitle(accepted.version, pluralize(accepted.rows, "row"))}
      >
        <Text>
          {text.done(pluralize(accepted.added, "accepted row"))}{" "}
          <Anchor component={Link} href={to("datasets")}>
            {text.openDatasets}
          </Anchor>{" "}
          or{" "}
          <Anchor component={Link} href={to("train")}>
            {text.train(accepted.version)}
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
        <Text className="nw-figures" role="status">
          {describeReview(proposals.length, from, forRows?.length ?? null, {
            accepted: of("accepted"),
            rejected: of("rejected"),
            open: of("open"),
          })}
        </Text>
        <Button disabled={of("accepted") === 0} loading={accept.isPending} onClick={() => accept.mutate()}>
          {text.write(next, pluralize(of("accepted"), "accepted row"))}
        </Button>
      </Group>
      <FailureNotice error={accept.error} title={text.writeFailed} />
    </Stack>
  );
}

function SkippedRows({ list }: { list: ProposalList }) {
  const { origin, rejected, notWritable, missing, embeddings } = list;
  const reasons = new Map<string, number>();
  for (const { reason } of rejected) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const counts = [...reasons].map(([reason, count]) => `${formatCount(count)} × ${reason}`);
  const lines = [
    text.rowsOrigin(origin),
    ...(counts.length === 0 ? [] : [text.skipped(counts.join("; "))]),
    ...notWritable.map(({ slice }) => text.notCovered(slice)),
    ...missing.map((short) =>
      text.missing(pluralize(short.rows, "row"), describeShortfall(short), short.reasons.join("; ")),
    ),
    ...(embeddings?.kind === "unavailable" ? [text.notEmbedded(embeddings.reason)] : []),
  ];
  return lines.map((line) => <Caption key={line}>{line}</Caption>);
}
