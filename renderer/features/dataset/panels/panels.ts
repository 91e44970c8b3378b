import { messages } from "../messages.ts";

const everyPanel = [
  { id: "findings", name: messages.panels.findings },
  { id: "statistics", name: messages.panels.statistics },
  { id: "diversity", name: messages.panels.diversity },
  { id: "neighbours", name: messages.panels.neighbours },
  { id: "difference", name: messages.panels.difference },
  { id: "heldout", name: messages.panels.heldout },
] as const;

/** Returns the panels next to the rows of a file. Only the workspace's test set has held-out rows that decide. */
export function panelsOf(name: string) {
  return everyPanel.filter(({ id }) => id !== "heldout" || name === "test_set.csv");
}
