import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useApi } from "../../../api/index.ts";
import type { CellMark } from "../../../ui/grid/gridTypes.ts";

/** Returns the severity of a cell's lint findings, from the first findings of the document. */
export function useMarks(file: string, header: readonly string[], revision: number | null) {
  const { data } = useQuery({
    ...useApi().dataset.document.findings.queryOptions({
      input: { file, rule: null, offset: 0, limit: 1000 },
      placeholderData: keepPreviousData,
    }),
    queryKey: ["document-marks", file, revision],
    enabled: revision !== null,
  });
  return useMemo(() => {
    const marks = new Map<string, CellMark>();
    for (const { id, at, severity } of data?.findings ?? []) {
      const key = `${id} ${at}`;
      if (id !== null && at !== null && marks.get(key) !== "error") marks.set(key, severity);
    }
    return (row: number, column: number): CellMark =>
      column < header.length ? (marks.get(`${row} ${column}`) ?? null) : null;
  }, [data, header.length]);
}
