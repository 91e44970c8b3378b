import { firstScreenQuestion } from "../../electron/hosts/desktop/smoke.ts";
import { expect, test } from "./support/fixtures.ts";

test("what a package asks its page with --smoke is answered by the first screen", {
  tag: "@transport",
}, async ({ page, open }) => {
  await open("overview");
  expect(await page.evaluate(firstScreenQuestion)).toBe("Overview");
});
