import { Alert, Button, Group, NumberInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { formatInterval, formatNumber, formatSignificant } from "../../../../shared/domain/format/number.ts";
import { operatingPlanes } from "../../../../shared/domain/operatingPoint/plane.ts";
import { thresholdWords } from "../../../../shared/domain/operatingPoint/thresholdWords.ts";
import { trivialPolicy } from "../../../../shared/domain/operatingPoint/trivial.ts";
import { versionOfResults } from "../../../../shared/domain/workspace/threshold.ts";
import type { OperatingPoint } from "../../../../shared/schema/operatingPoint.ts";
import { FailureNotice } from "../../../ui/FailureNotice.tsx";
import { FigurePanel } from "../../../ui/figures/FigurePanel.tsx";
import { PlaneChart } from "../../../ui/figures/PlaneChart.tsx";
import { Panel } from "../../../ui/Panel.tsx";
import { LinesSkeleton } from "../../../ui/Skeletons.tsx";
import { messages } from "../messages.ts";
import { PolicyTable } from "./PolicyTable.tsx";
import { useOperatingPoint } from "./useOperatingPoint.ts";

const { operating: text } = messages;

/** Chooses a version's refusal threshold from costs and the harmful share of the user's traffic. */
export function OperatingView({ version }: { version: string }) {
  const { asked, change, point, outdated, apply } = useOperatingPoint(version);
  if (point.error !== null)
    return <FailureNotice error={point.error} title={text.failed} onRetry={point.refetch} />;
  if (point.data === undefined) return <LinesSkeleton lines={10} />;
  const { choice } = point.data;
  return (
    <Stack gap={12} opacity={outdated ? 0.6 : 1}>
      <Panel
        title={text.title(version, point.data.rows)}
        actions={
          <Button
            disabled={choice.chosen === null || outdated}
            loading={apply.isPending}
            onClick={() => apply.mutate()}
          >
            {text.apply}
          </Button>
        }
      >
        <Stack gap={12}>
          <Inputs asked={asked} choice={choice} onChange={change} />
          <PolicyTable choice={choice} />
          <Threshold point={point.data} />
          {point.data.warnings.map(({ message }) => (
            <Alert key={message} color="yellow">
              {message}
            </Alert>
          ))}
          <FailureNotice error={apply.error} title={text.applyFailed} />
          {apply.isSuccess ? (
            <Alert color="green" role="status">
              {text.applied(
                versionOfResults(version),
                thresholdWords(apply.data.choice.chosen?.threshold ?? 0),
              )}
            </Alert>
          ) : null}
        </Stack>
      </Panel>
      <Figures point={point.data} />
    </Stack>
  );
}

type Asked = ReturnType<typeof useOperatingPoint>["asked"];

interface InputsProps {
  readonly asked: Asked;
  readonly choice: OperatingPoint["choice"];
  onChange(asked: Asked): void;
}

function Inputs({ asked, choice, onChange }: InputsProps) {
  const costs = asked.costs ?? choice.costs;
  const { rowsShare } = choice;
  const presetShare = choice.harmfulShare === rowsShare ? null : choice.harmfulShare;
  const harmfulShare = asked.harmfulShare === undefined ? presetShare : asked.harmfulShare;
  const cost = (value: string | number) => (typeof value === "number" && value >= 0 ? value : null);
  return (
    <Group gap={12} align="flex-end">
      <NumberInput
        label={text.missCost}
        w={216}
        min={0}
        allowNegative={false}
        value={costs.falseNegative}
        onChange={(value) =>
          onChange({ ...asked, costs: { ...costs, falseNegative: cost(value) ?? costs.falseNegative } })
        }
      />
      <NumberInput
        label={text.falseCost}
        w={168}
        min={0}
        allowNegative={false}
        value={costs.falsePositive}
        onChange={(value) =>
          onChange({ ...asked, costs: { ...costs, falsePositive: cost(value) ?? costs.falsePositive } })
        }
      />
      <NumberInput
        label={text.harmfulShare}
        w={200}
        min={0}
        allowNegative={false}
        max={1}
        step={0.01}
        placeholder={text.ofTheRows(formatNumber(rowsShare))}
        value={harmfulShare ?? ""}
        onChange={(value) =>
          onChange({ ...asked, harmfulShare: typeof value === "number" && value <= 1 ? value : null })
        }
      />
    </Group>
  );
}

/** Says how sure the choice is, and what the version refuses by now. */
export function Threshold({
  point,
}: {
  point: Pick<OperatingPoint, "choice" | "now" | "leftOut" | "auroc">;
}) {
  const { choice, now, leftOut, auroc } = point;
  const { chosen } = choice;
  const trivial = chosen === null ? null : trivialPolicy(chosen);
  return (
    <Text>
      {chosen === null
        ? text.undetermined
        : text.chosen(
            formatSignificant(chosen.threshold),
            formatInterval(chosen.thresholdCi95, 4),
            formatNumber(chosen.optimism),
          )}{" "}
      {trivial === null ? "" : `${trivial === "answer everything" ? text.answersAll : text.refusesAll} `}
      {text.now(now.threshold === null ? text.firstToken : formatSignificant(now.threshold), now.from)}
      {leftOut === 0 ? "" : ` ${text.leftOut(leftOut)}`}
      {auroc.reason === undefined
        ? ""
        : ` ${(auroc.value === null ? text.noAuroc : text.noAurocInterval)(auroc.reason)}`}
    </Text>
  );
}

function Figures({ point }: { point: OperatingPoint }) {
  const { roc, precision, reliability, cost } = operatingPlanes(point);
  return (
    <SimpleGrid type="container" cols={{ base: 1, "800px": 2 }} spacing={12}>
      {[cost, roc, precision, reliability].map((plane) => (
        <FigurePanel key={plane.title} title={plane.title}>
          <PlaneChart
            plane={plane}
            fileName={`${point.version}-${plane.title.toLowerCase().replaceAll(" ", "-")}`}
          />
        </FigurePanel>
      ))}
    </SimpleGrid>
  );
}
