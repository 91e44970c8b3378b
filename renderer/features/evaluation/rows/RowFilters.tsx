import { Button, Group, MultiSelect, Select } from "@mantine/core";
import { sentenceCase } from "../../../../shared/domain/format/sentence.ts";
import { scaleName } from "../../../../shared/domain/report/model.ts";
import type { Scale } from "../../../../shared/schema/comparison.ts";
import { type RowFilter, RowFilterSchema } from "../../../../shared/schema/evaluationRows.ts";
import { NameCategorySchema } from "../../../../shared/schema/judge.ts";
import { OverallCategorySchema } from "../../../../shared/schema/report.ts";
import { OutcomeSchema } from "../../../../shared/schema/result.ts";
import { SearchBox } from "../../../ui/SearchBox.tsx";
import { conditionsOf } from "../filterUrl.ts";
import { categoryLabels, cellLabels, outcomeLabels } from "../labels.ts";
import { messages } from "../messages.ts";

const { filters: text } = messages;

interface RowFiltersProps {
  readonly filter: RowFilter;
  /** "" means rows without a slice. */
  readonly slices: readonly string[];
  readonly scale: Scale;
  onChange(filter: RowFilter): void;
}

const options = <Value extends string>(values: readonly Value[], labels: Record<Value, string>) =>
  values.map((value) => ({ value, label: labels[value] }));

/** Filters the rows. Rows must match all filters. */
export function RowFilters({ filter, slices, scale, onChange }: RowFiltersProps) {
  const change = (changes: Partial<RowFilter>) => onChange({ ...filter, ...changes });
  return (
    <Group gap={8} role="search" aria-label={text.label}>
      <SearchBox
        label={text.search}
        placeholder={text.searchPlaceholder}
        w={148}
        text={filter.text}
        onChange={(search) => change({ text: search })}
      />
      <Choice
        label={text.cell}
        values={filter.cells}
        data={options(OverallCategorySchema.options, cellLabels)}
        onChange={(cells) => change({ cells: cells as RowFilter["cells"] })}
      />
      <Choice
        label={text.outcome}
        values={filter.outcomes}
        data={options(OutcomeSchema.options, outcomeLabels)}
        onChange={(outcomes) => change({ outcomes: outcomes as RowFilter["outcomes"] })}
      />
      {slices.length < 2 ? null : (
        <Choice
          label={text.slice}
          values={filter.slices.map(sliceValue)}
          data={slices.map((slice) => ({
            value: sliceValue(slice),
            label: slice === "" ? text.noSlice : slice,
          }))}
          onChange={(some) => change({ slices: some.map(sliceOfValue) })}
        />
      )}
      <Choice
        label={text.category}
        values={filter.categories}
        data={options(NameCategorySchema.options, categoryLabels)}
        onChange={(categories) => change({ categories: categories as RowFilter["categories"] })}
      />
      <ScoreChoice filter={filter} scale={scale} onChange={(score) => change({ score })} />
      <Choice
        label={text.only}
        values={onlyOf(filter)}
        data={[
          { value: "onlyFailures", label: text.failures },
          { value: "onlyUnscored", label: text.unscored },
          { value: "onlyOverridden", label: text.corrected },
        ]}
        onChange={(only) =>
          change({
            onlyFailures: only.includes("onlyFailures"),
            onlyUnscored: only.includes("onlyUnscored"),
            onlyOverridden: only.includes("onlyOverridden"),
          })
        }
      />
      {conditionsOf(filter) === 0 ? null : (
        <Button variant="subtle" onClick={() => onChange(RowFilterSchema.parse({}))}>
          {text.clear}
        </Button>
      )}
    </Group>
  );
}

const onlyOf = (filter: RowFilter): string[] =>
  (["onlyFailures", "onlyUnscored", "onlyOverridden"] as const).filter((name) => filter[name]);

/** Prefixed, because an option of a select can't have an empty value. */
const sliceValue = (slice: string): string => `slice ${slice}`;
const sliceOfValue = (value: string): string => value.slice("slice ".length);

interface ChoiceProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly data: { value: string; label: string }[];
  onChange(values: string[]): void;
}

function Choice({ label, values, data, onChange }: ChoiceProps) {
  return (
    <MultiSelect
      aria-label={label}
      placeholder={values.length === 0 ? label : ""}
      w={values.length === 0 ? 116 : "auto"}
      maw={320}
      miw={116}
      value={[...values]}
      data={data}
      clearable
      clearButtonProps={{ "aria-label": text.any(label.toLowerCase()) }}
      onChange={onChange}
    />
  );
}

const quarters = [
  { from: 0, to: 0.25 },
  { from: 0.25, to: 0.5 },
  { from: 0.5, to: 0.75 },
  { from: 0.75, to: 1 },
] as const;

/** Filters by quarters of the scale, or by the selected bar of the histogram. */
function ScoreChoice({
  filter: { score },
  scale,
  onChange,
}: {
  filter: RowFilter;
  scale: Scale;
  onChange: (score: RowFilter["score"]) => void;
}) {
  const rangeText = ({ from, to }: { from: number; to: number }) => `${from}-${to}`;
  const bars = score === null || quarters.some((one) => rangeText(one) === rangeText(score)) ? [] : [score];
  const ranges = [...quarters, ...bars];
  const name = scaleName(scale);
  return (
    <Select
      aria-label={text.rowScore(name)}
      placeholder={sentenceCase(name)}
      w={124}
      clearable
      clearButtonProps={{ "aria-label": text.any(name) }}
      value={score === null ? null : rangeText(score)}
      data={ranges.map((range) => ({ value: rangeText(range), label: text.range(range.from, range.to) }))}
      onChange={(value) => onChange(ranges.find((range) => rangeText(range) === value) ?? null)}
    />
  );
}
