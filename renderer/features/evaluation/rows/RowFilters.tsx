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
import { categoryWords, cellWords, outcomeWords } from "../words.ts";

interface RowFiltersProps {
  readonly filter: RowFilter;
  /** "" is the rows without one. */
  readonly slices: readonly string[];
  readonly scale: Scale;
  onChange(filter: RowFilter): void;
}

const options = <Value extends string>(values: readonly Value[], words: Record<Value, string>) =>
  values.map((value) => ({ value, label: words[value] }));

/** Conditions on the rows; each narrows. */
export function RowFilters({ filter, slices, scale, onChange }: RowFiltersProps) {
  const change = (changes: Partial<RowFilter>) => onChange({ ...filter, ...changes });
  return (
    <Group gap={8} role="search" aria-label="Filter the rows">
      <SearchBox
        label="Words of a description or name"
        placeholder="Words"
        w={148}
        text={filter.text}
        onChange={(text) => change({ text })}
      />
      <Choice
        label="Safety cell"
        values={filter.cells}
        data={options(OverallCategorySchema.options, cellWords)}
        onChange={(cells) => change({ cells: cells as RowFilter["cells"] })}
      />
      <Choice
        label="Outcome"
        values={filter.outcomes}
        data={options(OutcomeSchema.options, outcomeWords)}
        onChange={(outcomes) => change({ outcomes: outcomes as RowFilter["outcomes"] })}
      />
      {slices.length < 2 ? null : (
        <Choice
          label="Slice"
          values={filter.slices.map(sliceValue)}
          data={slices.map((slice) => ({
            value: sliceValue(slice),
            label: slice === "" ? "no slice" : slice,
          }))}
          onChange={(some) => change({ slices: some.map(sliceOfValue) })}
        />
      )}
      <Choice
        label="Category"
        values={filter.categories}
        data={options(NameCategorySchema.options, categoryWords)}
        onChange={(categories) => change({ categories: categories as RowFilter["categories"] })}
      />
      <ScoreChoice filter={filter} scale={scale} onChange={(score) => change({ score })} />
      <Choice
        label="Only"
        values={onlyOf(filter)}
        data={[
          { value: "onlyFailures", label: "failures" },
          { value: "onlyUnscored", label: "unscored" },
          { value: "onlyOverridden", label: "corrected" },
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
          Clear
        </Button>
      )}
    </Group>
  );
}

const onlyOf = (filter: RowFilter): string[] =>
  (["onlyFailures", "onlyUnscored", "onlyOverridden"] as const).filter((name) => filter[name]);

/** A select has no empty value. */
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
      clearButtonProps={{ "aria-label": `Any ${label.toLowerCase()}` }}
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

/** Quarters of the scale, and the bar of the histogram one came from. */
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
      aria-label={`Row's ${name}`}
      placeholder={sentenceCase(name)}
      w={124}
      clearable
      clearButtonProps={{ "aria-label": `Any ${name}` }}
      value={score === null ? null : rangeText(score)}
      data={ranges.map((range) => ({ value: rangeText(range), label: `${range.from} to ${range.to}` }))}
      onChange={(value) => onChange(ranges.find((range) => rangeText(range) === value) ?? null)}
    />
  );
}
