import { expect, test } from "./support/fixtures.ts";
import { shorten } from "./support/shorten.ts";

test("the page keeps its content when the host dies, and works again after a restart", {
  tag: "@transport",
}, async ({ page, open, host }) => {
  await open("runs");
  await expect(page.getByRole("navigation", { name: "All runs" })).toContainText("train v2");
  await host.kill();
  await expect(page.getByRole("alert")).toContainText("Namewright isn't responding");
  await expect(page.getByRole("navigation", { name: "All runs" })).toContainText("train v2");
  await host.restart();
  if (test.info().project.metadata.transport === "socket")
    await expect(page.getByRole("alert")).toContainText("Open the new URL");
  await page.goto(host.address);
  // The page handles keys only after it is rendered.
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.keyboard.press("7");
  await expect(page.getByRole("navigation", { name: "All runs" })).toContainText("train v2");
});

test("a training whose host was killed can be resumed", {
  tag: "@transport",
}, async ({ page, open, host }) => {
  test.setTimeout(400_000);
  await shorten(host);
  await open("train", { query: "?version=v1&set=optimisation.epochs%3D1" });
  await page
    .getByRole("button", { name: "Train v1 again", exact: true })
    .or(page.getByRole("button", { name: "Train v1", exact: true }))
    .first()
    .click();
  const tray = page.getByRole("region", { name: "Running" });
  await expect(tray).toContainText(/[1-9]\d* of \d+ steps/, { timeout: 180_000 });
  await host.kill();
  await host.restart();
  await page.goto(host.address);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("7");
  const head = page.getByRole("region", { name: /train v1/ }).first();
  await expect(head).toContainText("interrupted", { timeout: 60_000 });
  await head.getByRole("button", { name: "Resume" }).click();
  await expect(head).toContainText("succeeded", { timeout: 240_000 });
});
