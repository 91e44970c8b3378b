import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { OperatingReportSchema } from "../../shared/schema/operatingPoint.ts";
import { expect, expectAccessible, test } from "./support/fixtures.ts";

/** Runs the built terminal program on a workspace. */
async function terminalPoint(workspace: string, ...words: string[]) {
  const launcher = path.resolve(import.meta.dirname, "../../bin/namewright.mjs");
  const { stdout } = await promisify(execFile)(process.execPath, [
    launcher,
    "operating-point",
    ...words,
    "--json",
    "--workspace",
    workspace,
  ]);
  return OperatingReportSchema.parse(JSON.parse(stdout)).points[0];
}

const panel = (page: Page) => page.getByRole("region", { name: /operating point on dev rows/ });

test("the operating point is chosen from costs, equals the terminal's, and is applied", async ({
  page,
  open,
  host,
}) => {
  test.setTimeout(120_000);
  await open("evaluate", { query: "?view=operating&version=v2" });
  const policies = page.getByRole("table", { name: "Policies" });
  await expect(policies).toContainText("Refuse everything");
  for (const name of ["ROC curve", "Precision and recall", "Reliability", "Expected cost"])
    await expect(page.getByRole("region", { name })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Cost of a missed harmful row").fill("20");
  await page.getByLabel("Harmful share of your traffic").fill("0.1");
  const known = await terminalPoint(
    host.workspace,
    "v2",
    "--costs",
    "miss=20,false=1",
    "--harmful-share",
    "0.1",
  );
  await expect(policies).toContainText((known?.choice.chosen?.expectedCost.value ?? -1).toFixed(3));
  await expect(policies).toContainText("0.900");

  const curve = page.getByRole("group", { name: "ROC curve" });
  await curve.locator("[tabindex='0']").focus();
  await page.keyboard.press("End");
  await expect(page.getByText("safe refused 1.000")).toBeVisible();

  await panel(page).getByRole("button", { name: "Apply this threshold" }).click();
  const applied = page.getByText(/Applied to v2: refuse/);
  await expect(applied).toBeVisible();
  const config = JSON.parse(await readFile(path.join(host.workspace, "namewright.json"), "utf8"));
  expect(config.operatingPoints.v2.threshold).toBe(known?.choice.chosen?.threshold);
  await page.getByLabel("Cost of a missed harmful row").fill("5");
  await expect(applied).toBeHidden();
  await expect(panel(page)).toContainText("its own threshold");
});
