import { electron, expect, expectAccessible, test } from "./support/fixtures.ts";

test("the shell opens the workspace and keeps the token across a reload, but not in the URL", {
  tag: "@transport",
}, async ({ page, host }) => {
  test.skip(electron, "only the browser host uses a token");
  await page.goto(host.address);
  await expect(page).toHaveURL(/\/w\/[0-9a-f]{12}\/overview$/);
  await expect(page.getByRole("button", { name: "switch workspace" })).toContainText("sample");
  await page.reload();
  await expect(page.getByRole("button", { name: "switch workspace" })).toContainText("sample");
});

test("screens open by digit, from the command palette, and with the browser's Back button", async ({
  page,
  open,
}) => {
  await open("overview");
  await page.keyboard.press("7");
  await expect(page).toHaveURL(/\/runs$/);
  await page.keyboard.press("Control+k");
  await page.getByRole("textbox", { name: "Search screens and commands" }).fill("settings");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings$/);
  await page.keyboard.press("4");
  await page.getByRole("textbox", { name: "Description" }).press("Control+k");
  await page.getByRole("textbox", { name: "Search screens and commands" }).fill("settings");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings$/);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL(/\/runs$/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeHidden();
});

test("a screen keeps its URL when you return to it, and its own digit resets it", async ({ page, open }) => {
  await open("evaluate", { query: "?version=v1&view=rows&cell=ok" });
  await page.keyboard.press("2");
  await page.getByRole("main").getByText("dataset_v1", { exact: false }).first().click();
  await expect(page).toHaveURL(/datasets\?file=dataset_v1/);
  await page.keyboard.press("5");
  await expect(page).toHaveURL(/evaluate\?version=v1&view=rows&cell=ok$/);
  await page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name: "Datasets" }).click();
  await expect(page).toHaveURL(/datasets\?file=dataset_v1/);
  await page.keyboard.press("2");
  await expect(page).toHaveURL(/datasets$/);
});

test("New workspace creates a workspace in the selected folder and opens it", {
  tag: "@transport",
}, async ({ page, open }) => {
  await open("overview");
  await page.getByRole("button", { name: "switch workspace" }).click();
  await page.getByRole("menuitem", { name: "New workspace…" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("shop");
  await page.getByRole("button", { name: "Create shop in this folder" }).click();
  await expect(page.getByRole("button", { name: "switch workspace" })).toContainText("shop");
});

test("a tab with an invalid token explains how to connect", async ({ page, host }) => {
  test.skip(test.info().project.metadata.transport !== "socket", "the desktop's page has no token");
  await page.goto(`${host.origin}/#token=wrong`);
  await expect(page.getByRole("alert")).toContainText("Open the new URL", {
    timeout: 30_000,
  });
});

test("the shell passes axe in both themes", async ({ page, open }) => {
  await open("runs");
  await expectAccessible(page);
});
