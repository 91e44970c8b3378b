/** What stands beside the rows. */
export const panels = [
  { id: "findings", name: "Findings" },
  { id: "statistics", name: "Statistics" },
  { id: "neighbours", name: "Duplicates" },
  { id: "difference", name: "Difference" },
] as const;
