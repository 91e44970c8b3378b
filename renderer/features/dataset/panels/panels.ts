import { messages } from "../messages.ts";

/** The panels next to the rows. */
export const panels = [
  { id: "findings", name: messages.panels.findings },
  { id: "statistics", name: messages.panels.statistics },
  { id: "diversity", name: messages.panels.diversity },
  { id: "neighbours", name: messages.panels.neighbours },
  { id: "difference", name: messages.panels.difference },
] as const;
