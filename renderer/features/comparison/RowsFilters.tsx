import { Button, Group, SegmentedControl, Select } from "@mantine/core";
import { pluralize } from "../../../shared/domain/format/count.ts";
import type { ComparedPage } from "../../../shared/schema/alignedRows.ts";
import { SearchBox } from "../../ui/SearchBox.tsx";
import { changeFilters, messages } from "./messages.ts";
import { listFromUrl, listInUrl } from "./selection.ts";
import type { ComparedRowsState } from "./useComparedRows.ts";

const { filters: text } = messages;

interface RowsFiltersProps {
  readonly state: ComparedRowsState;
  readonly page: ComparedPage | undefined;
}

/** Filters the rows by change, slice, and text, and sets their order. */
export function RowsFilters({ state: { url, narrow }, page }: RowsFiltersProps) {
  const moved = url.from !== "" || url.to !== "";
  return (
    <Group gap={8}>
      <SegmentedControl
        aria-label={text.byChange}
        value={url.filter}
        onChange={(filter) => narrow({ filter })}
        data={changeFilters.map(({ value, label }) => ({
          value,
          label: page === undefined ? label : `${label} ${page.counts[value]}`,
        }))}
      />
      <Select
        aria-label={text.slice}
        w={160}
        value={url.slice}
        onChange={(slice) => narrow({ slice: slice ?? "*" })}
        data={sliceChoices(url.slice, page?.slices ?? [])}
      />
      <Select
        aria-label={text.order}
        w={160}
        value={url.order}
        onChange={(order) => narrow({ order: order ?? "row" })}
        data={[
          { value: "row", label: text.fileOrder },
          { value: "change", label: text.worstFirst },
        ]}
      />
      <SearchBox
        label={text.search}
        placeholder={text.searchPlaceholder}
        w={160}
        text={url.q}
        onChange={(q) => narrow({ q })}
      />
      {moved ? (
        <Button variant="light" color="gray" onClick={() => narrow({ from: "", to: "" })}>
          {text.clearCells}
        </Button>
      ) : null}
    </Group>
  );
}

/** Returns all slices as options, and the slices in the URL if they aren't among them. */
function sliceChoices(asked: string, slices: readonly string[]) {
  const choices = [
    { value: "*", label: text.everySlice },
    ...slices.map((slice) => ({
      value: listInUrl([slice]),
      label: slice === "" ? text.noSlice : slice,
    })),
  ];
  if (choices.some(({ value }) => value === asked)) return choices;
  const several = listFromUrl(asked);
  return [
    ...choices,
    { value: asked, label: several.length === 1 ? (several[0] ?? "") : pluralize(several.length, "slice") },
  ];
}
