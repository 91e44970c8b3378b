import { firstScreenQuestion } from "../../electron/hosts/desktop/smoke.ts";
import { expect, test } from "./support/fixtures.ts";

test("the first screen passes the check of the --smoke option", {
  tag: "@transport",
}, async ({ page, open }) => {
  await open("overview");
  expect(await page.evaluate(firstScreenQuestion)).toBe("Overview");
});
