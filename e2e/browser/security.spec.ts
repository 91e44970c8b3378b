import { writeFile } from "node:fs/promises";
import path from "node:path";
import { electron, expect, test } from "./support/fixtures.ts";

/** Text that would run or load something if it were parsed as HTML. */
const hostile = [
  `<img src=x onerror="window.hacked='img'">`,
  `<svg onload="window.hacked='svg'"><circle r="9"/></svg>`,
  `<script>window.hacked='script'</script> a bakery`,
  `[a link](javascript:window.hacked='link') and **bold** and ![image](https://example.com/a.png)`,
  `{{constructor.constructor("window.hacked='template'")()}}`,
];

const hacked = () => Reflect.get(window, "hacked") as unknown;

test("the page has no access to Node", { tag: "@transport" }, async ({ page, open }) => {
  await open("overview");
  const kinds = await page.evaluate(() =>
    ["process", "require", "module", "Buffer", "global", "ipcRenderer", "electron"].map(
      (name) => typeof Reflect.get(window, name),
    ),
  );
  expect(new Set(kinds)).toEqual(new Set(["undefined"]));
});

test("HTML, SVG and Markdown in cells are shown as text", async ({ page, host, open }) => {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = hostile.map((text) => `${quoted(text)},"[""<b>bold</b>""]"`);
  const text = ["business_description,suggestions", ...rows, ""].join("\n");
  await writeFile(path.join(host.workspace, "data", "dataset_v9.csv"), text);
  await open("datasets", { query: "?file=dataset_v9.csv" });
  const grid = page.getByRole("grid", { name: "dataset_v9.csv" });
  for (const one of hostile) await expect(grid.getByText(one).first()).toBeVisible();
  await expect(grid.getByText("<b>bold</b>").first()).toBeVisible();
  expect(await grid.locator("img, svg circle, script, b, a[href^='javascript']").count()).toBe(0);
  expect(await page.evaluate(hacked)).toBeUndefined();
});

test("HTML in the playground is shown as text", async ({ page, open }) => {
  await open("playground");
  await page.getByRole("textbox", { name: "Description" }).fill(hostile[0] ?? "");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("main").getByText(/\d ms/).first()).toBeVisible();
  expect(await page.evaluate(hacked)).toBeUndefined();
  expect(await page.getByRole("main").locator("img").count()).toBe(0);
});

test("Copy works without the clipboard permission", async ({ page, open, context }) => {
  test.skip(electron, "the clipboard is read back by a permission, which the desktop does not give");
  await context.grantPermissions(["clipboard-read"]);
  await page.addInitScript(() => {
    Object.defineProperty(navigator.clipboard, "writeText", {
      value: () => Promise.reject(new DOMException("denied", "NotAllowedError")),
    });
  });
  await open("train");
  await page.getByRole("button", { name: "Terminal command" }).click();
  const copy = page.getByRole("button", { name: "Copy command" });
  await copy.click();
  await expect(copy).toContainText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("namewright train");
});

test("the policy blocks inline scripts, remote scripts, frames and eval", async ({ context, host }) => {
  test.skip(electron, "the policy is the same text there; what it does is Chromium's");
  const page = await context.newPage();
  await page.goto(host.address);
  await page.getByRole("main").waitFor();
  const violated = await page.evaluate(async () => {
    const seen: string[] = [];
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) =>
      seen.push(effectiveDirective),
    );
    const add = (name: string, set: (element: HTMLElement) => void) => {
      const element = document.createElement(name);
      set(element);
      document.body.append(element);
    };
    add("script", (element) => {
      element.textContent = "window.hacked = 'inline'";
    });
    add("script", (element) => element.setAttribute("src", "https://example.com/remote.js"));
    add("iframe", (element) => element.setAttribute("src", "https://example.com/"));
    add("object", (element) => element.setAttribute("data", "https://example.com/a.swf"));
    add("base", (element) => element.setAttribute("href", "https://example.com/"));
    setTimeout("window.hacked = 'eval'", 0);
    await fetch("https://example.com/").catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    return seen;
  });
  expect(new Set(violated)).toEqual(
    new Set(["script-src-elem", "frame-src", "object-src", "base-uri", "script-src", "connect-src"]),
  );
  expect(await page.evaluate(hacked)).toBeUndefined();
  await page.close();
});

test("the desktop blocks navigation, new windows and permissions", async ({ page, open }) => {
  test.skip(!electron, "navigation, windows and permissions are the browser's own there");
  await open("overview");
  const before = page.url();
  await page.evaluate(() => {
    window.location.href = "https://example.com/";
  });
  expect(await page.evaluate(() => window.open("https://example.com/"))).toBeNull();
  for (const name of ["geolocation", "notifications", "camera"] as const) {
    const state = await page.evaluate(
      async (permission) => (await navigator.permissions.query({ name: permission as PermissionName })).state,
      name,
    );
    expect(state).toBe("denied");
  }
  expect(page.url()).toBe(before);
});
