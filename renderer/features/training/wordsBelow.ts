/** Order of a field's parts that aligns the inputs of a row, whatever the length of their descriptions. */
export const wordsBelow: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "error",
  "description",
];
