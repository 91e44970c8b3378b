import { expect, it } from "vitest";
import { createAcceptRow } from "./acceptRow.ts";

const names = ["bread-hub", "my-oven", "breadnest", "goflour", "bread-oven"];

it("accepts a valid row once and gives the reason for each rejection", () => {
  const accept = createAcceptRow(
    ["We restore old radios and put modern speakers inside"],
    ["Poached ivory carved into trinkets and shipped to private buyers"],
  );
  expect(accept({ description: "A bakery with two wood ovens by the river", suggestions: names })).toBeNull();
  expect(accept({ description: "a bakery, with two wood ovens by the river!", suggestions: names })).toBe(
    "duplicates or nearly duplicates a row of the dataset",
  );
  expect(
    accept({ description: "We restore old radios and put modern speakers inside them", suggestions: [] }),
  ).toBe("duplicates or nearly duplicates a row of the dataset");
  expect(
    accept({ description: "poached ivory carved into trinkets, shipped to private buyers", suggestions: [] }),
  ).toBe("duplicates or nearly duplicates a row of the test set");
  expect(accept({ description: "A dairy", suggestions: ["Bad Name", ...names.slice(1)] })).toBe(
    "breaks the rule name-characters",
  );
});
