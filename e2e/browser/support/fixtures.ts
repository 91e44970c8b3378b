import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { startElectron, windowOf } from "./electron.ts";
import { type Host, type HostOptions, startHost } from "./host.ts";
import { standInForPreload } from "./portTransport.ts";

type ScreenName =
  | "overview"
  | "datasets"
  | "train"
  | "playground"
  | "evaluate"
  | "compare"
  | "runs"
  | "settings"
  | "study";

interface Fixtures {
  /** Options of the spec's host: `test.use({ hostOptions: { from: "dataset" } })`. */
  readonly hostOptions: HostOptions;
  readonly host: Host;
  /** Opens another page of the same host, with the same checks. */
  readonly newPage: () => Promise<Page>;
  /** Opens a screen of the host's workspace and waits until it is visible. */
  readonly open: (screen: ScreenName, options?: { query?: string; page?: Page }) => Promise<void>;
}

/** Collects errors that our pages must not report: policy violations and uncaught errors. */
async function watch(page: Page, transport: unknown, complaints: string[]): Promise<void> {
  if (transport === "port") await page.addInitScript(standInForPreload);
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`securitypolicyviolation ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() !== "error") return;
    // The browser logs these when a spec stops the host.
    if (/ERR_CONNECTION_REFUSED|WebSocket connection to|net::ERR_/.test(text)) return;
    complaints.push(text);
  });
}

const onBrowser = base.extend<Fixtures>({
  hostOptions: [{}, { option: true }],

  host: async ({ hostOptions }, use) => {
    const host = await startHost(hostOptions);
    await use(host);
    await host.close();
  },
  // Both depend on the host, so that errors are checked before it stops: pages log errors when it does.
  page: async ({ page, host: _host }, use, info) => {
    const complaints: string[] = [];
    await watch(page, info.project.metadata.transport, complaints);
    await use(page);
    expect(complaints, "the page reports no errors").toEqual([]);
  },
  newPage: async ({ context, host: _host }, use, info) => {
    const complaints: string[] = [];
    await use(async () => {
      const page = await context.newPage();
      await watch(page, info.project.metadata.transport, complaints);
      return page;
    });
    expect(complaints, "the pages report no errors").toEqual([]);
  },
  open: async ({ page, host }, use) => {
    await use(async (screen, options = {}) => {
      const target = options.page ?? page;
      if (!target.url().startsWith(host.origin)) {
        await target.goto(host.address);
        await target.waitForURL(/\/w\/[0-9a-f]{12}\/overview/);
      }
      const workspace = /\/w\/([0-9a-f]{12})/.exec(target.url())?.[1];
      await target.goto(`${host.origin}/w/${workspace}/${screen}${options.query ?? ""}`);
      await target.getByRole("main").waitFor();
    });
  },
});

/** The same fixtures on Electron, where the desktop is the host and its only window is the page. */
const onElectron = base.extend<Fixtures & { readonly page: Page }>({
  hostOptions: [{}, { option: true }],
  host: async ({ hostOptions }, use) => {
    const host = await startElectron(hostOptions);
    await use(host);
    await host.close();
  },
  page: async ({ host }, use) => {
    const complaints: string[] = [];
    const page = await windowOf(host);
    await watch(page, "electron", complaints);
    await use(page);
    expect(complaints, "the page reports no errors").toEqual([]);
  },
  newPage: async ({ host: _host }, use) => {
    await use(async () => {
      base.skip(true, "the desktop has only one window");
      throw new Error("unreachable");
    });
  },
  open: async ({ page }, use) => {
    await use(async (screen, options = {}) => {
      await page.waitForURL(/\/w\/[0-9a-f]{12}\/overview/);
      const workspace = /\/w\/([0-9a-f]{12})/.exec(page.url())?.[1];
      await page.goto(`app://namewright/w/${workspace}/${screen}${options.query ?? ""}`);
      await page.getByRole("main").waitFor();
    });
  },
});

/** Whether the specs run on Electron (`npm run e2e:electron`), which skips specs of the browser host. */
export const electron = process.env.NAMEWRIGHT_E2E_HOST === "electron";

export const test = electron ? onElectron : onBrowser;

export { expect };

/** Expects that axe finds no violations in the light and dark themes. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Without legacy mode axe opens a second page, which Electron's driver doesn't support. Only violations are
    // reported in full: describing all that passed takes most of the time.
    const axe = new AxeBuilder({ page }).setLegacyMode(electron).options({ resultTypes: ["violations"] });
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(({ html }) => html.slice(0, 200)),
    }));
    expect(found, `axe, ${colorScheme}`).toEqual([]);
  }
}
