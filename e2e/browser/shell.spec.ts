import { electron, expect, expectAccessible, test } from "./support/fixtures.ts";

test("opens the workspace, takes the token out of the URL and keeps it across a reload", {
  tag: "@transport",
}, async ({ page, host }) => {
  test.skip(electron, "a token is the browser host's");
  await page.goto(host.address);
  await expect(page).toHaveURL(/\/w\/[0-9a-f]{12}\/overview$/);
  await expect(page.getByRole("button", { name: "switch workspace" })).toContainText("sample");
  await page.reload();
  await expect(page.getByRole("button", { name: "switch workspace" })).toContainText("sample");
});

test("screens are reached by digits, by the palette and by back and forward", async ({ page, open }) => {
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

test("a screen is left and come back to with what it showed; its own digit leads to its beginning", async ({
  page,
  open,
}) => {
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

test("a new workspace is made in a folder that is browsed to, and becomes the one on screen", {
  tag: "@transport",
}, async ({ page, open }) => {
  await open("overview");
  await page.getByRole("button", { name: "switch workspace" }).click();
  await page.getByRole("menuitem", { name: "New workspace…" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("shop");
  await page.getByRole("button", { name: "Create shop in this folder" }).click();
  await expect(page.getByRole("button", { name: "switch workspace" })).toContainText("shop");
});

test("a tab with another token says how to get in", async ({ page, host }) => {
  test.skip(test.info().project.metadata.transport !== "socket", "the desktop's page has no token");
  await page.goto(`${host.origin}/#token=wrong`);
  await expect(page.getByRole("alert")).toContainText("Open the new URL", {
    timeout: 30_000,
  });
});

test("the shell breaks no rule of accessibility", async ({ page, open }) => {
  await open("runs");
  await expectAccessible(page);
});
