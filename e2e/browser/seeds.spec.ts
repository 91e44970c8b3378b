import { expect, expectAccessible, test } from "./support/fixtures.ts";
import { makeSeedGroup } from "./support/seedGroup.ts";

test.beforeEach(({ host }) => makeSeedGroup(host.workspace));

test("Overview shows the seeds of a version as one line that opens with the keyboard", async ({
  page,
  open,
}) => {
  await open("overview");
  const group = page.getByRole("article", { name: "v2", exact: true });
  await expect(group).toContainText("v2.1, v2.2");
  await expect(group).toContainText("2 adapters, 2 passed the parity gate");
  await expect(group).toContainText(/\d\.\d{3}SD \d\.\d{3}, \d\.\d{3} to \d\.\d{3}n 360 in each of 2/);
  const seed = page.getByRole("article", { name: "v2.1" });
  await expect(seed).toBeHidden();
  await group.getByRole("button", { name: "Show seeds" }).focus();
  await page.keyboard.press("Enter");
  await expect(seed).toContainText("dataset_v2");
  await expect(seed).toContainText("parity gate passed");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(seed).toBeHidden();
});

test("Compare takes the seeds of a version as one and shows their spread", async ({ page, open }) => {
  await open("compare", { query: "?baseline=v1&with=v2" });
  await expect(page.getByText("One seed of v1: the comparison says nothing about the training")).toBeVisible({
    timeout: 60_000,
  });
  const accuracy = page.locator("[data-metric=accuracy]").first();
  await expect(accuracy).toContainText(/2 seeds: SD \d\.\d{3}, \d\.\d{3} to \d\.\d{3}/);
  await expectAccessible(page);
});

test("Train plans several seeds, with the command that trains them", async ({ page, open }) => {
  await open("train", { query: "?version=v2&tab=configure" });
  const seeds = page.getByRole("textbox", { name: "Seeds" });
  await seeds.fill("3");
  await expect(page.getByRole("button", { name: "Train v2 with 3 seeds", exact: true })).toBeVisible();
  await expect(page.getByText("Already trained: v2.1, v2.2.")).toBeVisible();
  await page.getByRole("button", { name: "Terminal command" }).click();
  await expect(page.getByText(/--version v2 .*--seed 1 --seeds 3/)).toBeVisible();
  await expectAccessible(page);
  await seeds.fill("6");
  await expect(page.getByText("Maximum 5 (using 3 until then)")).toBeVisible();
});

test("the history of Train shows the trainings of all seeds as one line that opens", async ({
  page,
  open,
}) => {
  await open("train", { query: "?tab=history" });
  const group = page.getByRole("row", { name: /Train v2 with several seeds/ });
  await expect(group).toContainText("2 of 2 succeeded");
  await expect(page.getByRole("link", { name: /train v2\.1/ })).toBeHidden();
  await group.getByRole("button", { name: "Show 2 trainings" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: /train v2\.1/ })).toBeVisible();
  await expectAccessible(page);
});
