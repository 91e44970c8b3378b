import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures.ts";
import { type Hands, keyboard, mouse } from "./support/hands.ts";
import type { Host } from "./support/host.ts";
import { writePool } from "./support/pool.ts";
import { shorten } from "./support/shorten.ts";

test.use({ hostOptions: { from: "dataset" } });

/**
 * Simulates a machine without a network: only the host can be reached. Chromium's own switch would also cut the
 * loopback connection to the host. @returns the URLs that the page requested from other origins
 */
async function goOffline(page: Page, host: Host): Promise<string[]> {
  const elsewhere: string[] = [];
  await page.context().route(
    (url) => url.origin !== host.origin,
    (route) => {
      elsewhere.push(route.request().url());
      return route.abort("internetdisconnected");
    },
  );
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "onLine", { get: () => false });
    window.addEventListener("load", () => window.dispatchEvent(new Event("offline")));
  });
  return elsewhere;
}

const tray = (page: Page) => page.getByRole("region", { name: "Running" });
const button = (page: Page, name: string | RegExp) => page.getByRole("main").getByRole("button", { name });

/** The next step, as Overview offers it. */
async function nextStep(page: Page, hands: Hands, label: string): Promise<void> {
  await hands.press(page.getByRole("link", { name: /^Overview/ }));
  await hands.press(page.getByRole("region", { name: "Next step" }).getByRole("link", { name: label }));
}

async function train(page: Page, hands: Hands, version: string): Promise<void> {
  await hands.press(button(page, new RegExp(`^Train ${version}$`)));
  await expect(page).toHaveURL(/tab=current&run=/);
  const head = page.getByRole("region", { name: new RegExp(`train ${version}`) });
  await expect(head).toContainText("succeeded", { timeout: 300_000 });
  await expect(tray(page)).toContainText("No running jobs");
}

async function evaluate(page: Page, hands: Hands, version: string): Promise<void> {
  await nextStep(page, hands, `Evaluate ${version}`);
  await hands.press(button(page, new RegExp(`^Evaluate ${version}$`)));
  const results = button(page, `Open results of ${version}`);
  await results.waitFor({ timeout: 120_000 });
  await hands.press(results);
  await expect(page.getByRole("region", { name: `${version}: dev rows` })).toBeVisible();
}

/** Generates rows for v1's failures, accepts them, and creates the next dataset. */
async function writeRows(page: Page, hands: Hands): Promise<void> {
  const cell = page.locator("[data-hit=missed_inappropriate]");
  await hands.press(cell);
  const boxes = page.getByRole("checkbox", { name: /^Select row/ });
  await hands.press(boxes.nth(0));
  await hands.press(boxes.nth(1));
  await hands.press(button(page, "Generate rows"));
  for (const position of [1, 2, 3]) {
    const card = page.getByRole("region", { name: new RegExp(`^Proposed row ${position} of`) });
    await hands.press(card.getByRole("button", { name: /^Accept/ }).first());
  }
  await hands.press(button(page, "Create dataset_v2 with 3 accepted rows"));
  await expect(page.getByText("dataset_v2 created with 43 rows")).toBeVisible();
}

for (const [way, handsOf] of [
  ["mouse", mouse],
  ["keyboard", keyboard],
] as const) {
  test(`the whole loop works by ${way} alone with the browser offline`, { tag: "@transport" }, async ({
    page,
    open,
    host,
  }) => {
    // The loop takes minutes, so each transport runs it one way.
    const { transport } = test.info().project.metadata;
    test.skip((transport === "port") !== (way === "keyboard"), `${way} runs over the other transport`);
    test.setTimeout(900_000);
    await shorten(host);
    await writePool(host);
    const elsewhere = await goOffline(page, host);
    await open("overview");
    expect(await page.evaluate(() => navigator.onLine)).toBe(false);
    const hands = handsOf(page);
    await nextStep(page, hands, "Train v1");
    await train(page, hands, "v1");
    await evaluate(page, hands, "v1");
    await writeRows(page, hands);
    await nextStep(page, hands, "Train v2");
    await train(page, hands, "v2");
    await evaluate(page, hands, "v2");
    await nextStep(page, hands, "Compare v1 with v2");
    await expect(page.getByRole("region", { name: "Decision on v2" })).toContainText(
      /Ship it|Don't ship it|Undecided/,
    );
    expect(elsewhere).toEqual([]);
  });
}
