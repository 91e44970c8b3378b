import { Button, Group, SegmentedControl, Select } from "@mantine/core";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { AlignedFilter, ComparedPage } from "../../../shared/schema/alignedRows.ts";
import { SearchBox } from "../../ui/SearchBox.tsx";
import { listFromUrl, listInUrl } from "./selection.ts";
import type { ComparedRowsState } from "./useComparedRows.ts";

const filters: readonly { value: AlignedFilter; label: string }[] = [
  { value: "all", label: "All" },
  { value: "improved", label: "Improved" },
  { value: "regressed", label: "Regressed" },
  { value: "safety", label: "Safety changed" },
  { value: "different", label: "Only differences" },
];

interface RowsFiltersProps {
  readonly state: ComparedRowsState;
  readonly page: ComparedPage | undefined;
}

/** What narrows the rows: kind of change, slice, words, order. */
export function RowsFilters({ state: { url, narrow }, page }: RowsFiltersProps) {
  const moved = url.from !== "" || url.to !== "";
  return (
    <Group gap={8}>
      <SegmentedControl
        aria-label="Which rows by change"
        value={url.filter}
        onChange={(filter) => narrow({ filter })}
        data={filters.map(({ value, label }) => ({
          value,
          label: page === undefined ? label : `${label} ${page.counts[value]}`,
        }))}
      />
      <Select
        aria-label="Slice"
        w={160}
        value={url.slice}
        onChange={(slice) => narrow({ slice: slice ?? "*" })}
        data={sliceChoices(url.slice, page?.slices ?? [])}
      />
      <Select
        aria-label="Order"
        w={160}
        value={url.order}
        onChange={(order) => narrow({ order: order ?? "row" })}
        data={[
          { value: "row", label: "As in the file" },
          { value: "change", label: "Worst change first" },
        ]}
      />
      <SearchBox
        label="Words in a description or name"
        placeholder="Find words"
        w={160}
        text={url.q}
        onChange={(q) => narrow({ q })}
      />
      {moved ? (
        <Button variant="light" color="gray" onClick={() => narrow({ from: "", to: "" })}>
          Only chosen cells ✕
        </Button>
      ) : null}
    </Group>
  );
}

/** Each slice there is, and what a figure asked for: a slice of other rows, or several at once. */
function sliceChoices(asked: string, slices: readonly string[]) {
  const choices = [
    { value: "*", label: "Every slice" },
    ...slices.map((slice) => ({
      value: listInUrl([slice]),
      label: slice === "" ? "without a slice" : slice,
    })),
  ];
  if (choices.some(({ value }) => value === asked)) return choices;
  const several = listFromUrl(asked);
  return [
    ...choices,
    { value: asked, label: several.length === 1 ? (several[0] ?? "") : pluralize(several.length, "slice") },
  ];
}
