import { SimpleGrid, Stack } from "@mantine/core";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import { scaleName } from "../../../../shared/domain/report/model.ts";
import type { Mean, Figure as Proportion, Side } from "../../../../shared/schema/comparison.ts";
import { Figure } from "../../../ui/Figure.tsx";
import { MetricName } from "../../../ui/MetricName.tsx";
import { messages } from "../messages.ts";

const { results: text } = messages;

/** Shows the headline metrics, each with its interval and n. */
export function Headline({ side }: { side: Side }) {
  const { safety } = side;
  const name = scaleName(side.scale);
  const [delivered, answered] =
    side.scale === "quality"
      ? [side.deliveredQuality, side.quality]
      : [side.deliveredRuleScore, side.ruleScore];
  const safe = safety.block.falsePositive + safety.block.trueNegative;
  return (
    <SimpleGrid cols={{ base: 3, lg: 6 }} spacing={16} verticalSpacing={12}>
      {delivered === undefined ? null : (
        <MeanFigure id="delivered-score" name={text.delivered(name)} mean={delivered} />
      )}
      {answered === undefined ? null : (
        <MeanFigure id="answered-score" name={text.answered(sentenceCase(name))} mean={answered} />
      )}
      <Share id="accuracy" name={text.accuracy} figure={safety.accuracy} n={safety.n} />
      <Share
        id="missed-harmful-rate"
        name={text.missedHarmful}
        figure={safety.missedHarmfulRate}
        n={safety.n - safe}
      />
      <Share id="false-refusal-rate" name={text.falseRefusals} figure={safety.falseRefusalRate} n={safe} />
      <Share
        id="well-formed-share"
        name={text.wellFormed}
        figure={side.wellFormedShare}
        n={side.wellFormedShare.n}
      />
    </SimpleGrid>
  );
}

function MeanFigure({ id, name, mean }: { id: string; name: string; mean: Mean }) {
  return (
    <Stack gap={4} align="flex-start" justify="space-between">
      <MetricName id={id} name={name} />
      <Figure value={mean.mean} ci95={mean.ci95} n={mean.n} reason={mean.reason} />
    </Stack>
  );
}

interface ShareProps {
  readonly id: string;
  readonly name: string;
  readonly figure: Proportion;
  /** A sum of shares if rows were sampled. */
  readonly n: number | undefined;
}

function Share({ id, name, figure, n }: ShareProps) {
  const { value, ci95, reason } = figure;
  return (
    <Stack gap={4} align="flex-start" justify="space-between">
      <MetricName id={id} name={name} />
      <Figure value={value} ci95={ci95} reason={reason} {...(n === undefined ? {} : { n })} />
    </Stack>
  );
}
