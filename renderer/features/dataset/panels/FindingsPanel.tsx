import { Badge, Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount, pluralize } from "../../../../shared/domain/format/count.ts";
import type { DocumentFinding, DocumentFindings } from "../../../../shared/schema/document.ts";
import { useApi } from "../../../api/index.ts";
import { Caption } from "../../../ui/Caption.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { describeRule, messages } from "../messages.ts";
import type { PanelProps } from "./panelProps.ts";

/** Findings listed at first, and added by each "Show more". */
const PAGE = 100;

const { findings: text } = messages;

const ink = { error: "var(--nw-worse)", warning: "var(--nw-noise)" } as const;

function useFindings({ file, revision }: PanelProps, rule: string | null, limit: number) {
  const input = { file, rule, offset: 0, limit };
  return useQuery({
    ...useApi().dataset.document.findings.queryOptions({ input }),
    queryKey: ["document-findings", input, revision],
    placeholderData: keepPreviousData,
  });
}

function Rules({
  found,
  rule,
  onRule,
}: {
  found: DocumentFindings;
  rule: string | null;
  onRule: (rule: string | null) => void;
}) {
  return (
    <Group gap={4}>
      {found.rules.map((one) => (
        <Badge
          key={one.rule}
          component="button"
          type="button"
          variant={one.rule === rule ? "filled" : "default"}
          aria-pressed={one.rule === rule}
          style={{ cursor: "pointer" }}
          onClick={() => onRule(one.rule === rule ? null : one.rule)}
        >
          {describeRule(one.rule)} {formatCount(one.count)}
        </Badge>
      ))}
    </Group>
  );
}

function FindingLine({ finding, ...props }: PanelProps & { finding: DocumentFinding }) {
  const { id, at, row, rule, severity, message, value, fix } = finding;
  return (
    <Group gap={8} wrap="nowrap" align="flex-start" justify="space-between">
      <UnstyledButton
        flex={1}
        miw={0}
        disabled={id === null}
        onClick={() => id !== null && void props.onGoTo(id, at)}
      >
        <Text size="xs" className="nw-figures">
          <Text span size="xs" fw={600} c={ink[severity]}>
            {severity === "error" ? text.error : text.warning}
          </Text>
          {row === null ? "" : ` · ${messages.panels.row(row)}`} · {describeRule(rule)}
        </Text>
        <Caption lineClamp={3} style={{ overflowWrap: "anywhere" }}>
          {value === "" || value.length > 60 ? message : `“${value}”: ${message}`}
        </Caption>
      </UnstyledButton>
      {fix === undefined || id === null || props.readOnly ? null : (
        <Button
          variant="default"
          size="compact-xs"
          title={text.fixHelp(value, fix)}
          onClick={() => void props.acts.fix(id, value)}
        >
          {text.fix}
        </Button>
      )}
    </Group>
  );
}

/** Lists the lint findings of the current rows. A click scrolls to the cell. */
export function FindingsPanel(props: PanelProps) {
  const [rule, setRule] = useState<string | null>(null);
  const [limit, setLimit] = useState(PAGE);
  const { data: found, error, refetch } = useFindings(props, rule, limit);
  if (error !== null) return <FailureNotice error={error} title={text.failed} onRetry={refetch} />;
  if (found === undefined) return <LinesSkeleton lines={8} />;
  const { acts, readOnly, view } = props;
  if (found.errors + found.warnings === 0) {
    return <Text c="dimmed">{text.none}</Text>;
  }
  return (
    <Stack gap={12}>
      <Group justify="space-between" wrap="nowrap">
        <Text className="nw-figures">
          {pluralize(found.errors, "error")}, {pluralize(found.warnings, "warning")}
        </Text>
        {readOnly || found.fixable === 0 ? null : (
          <Button size="compact-xs" onClick={() => void acts.fixAll()}>
            {text.fixAll(formatCount(found.fixable))}
          </Button>
        )}
      </Group>
      <Rules found={found} rule={rule} onRule={setRule} />
      {rule === null ? null : (
        <Button variant="default" size="compact-xs" onClick={() => view.setShown(`rule:${rule}`)}>
          {text.showRows}
        </Button>
      )}
      {found.findings.map((finding, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings of one cell may differ only in their position
        <FindingLine key={`${finding.id} ${finding.rule} ${place}`} finding={finding} {...props} />
      ))}
      {found.total > found.findings.length ? (
        <Button
          variant="default"
          onClick={() => setLimit((now) => Math.min(1000, now + PAGE))}
          disabled={limit >= 1000}
        >
          {limit >= 1000 ? messages.panels.more(formatCount(found.total - limit)) : text.showMore}
        </Button>
      ) : null}
    </Stack>
  );
}
