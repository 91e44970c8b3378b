/** Entries of a row stand on one line, whatever is said of them below. */
export const wordsBelow: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "error",
  "description",
];
