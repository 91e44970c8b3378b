import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { startHubServer } from "../../electron/services/testing/hubServer.ts";
import { expect, expectAccessible, test } from "./support/fixtures.ts";
import { type Host, root, startHost } from "./support/host.ts";
import { startJudge } from "./support/judge.ts";

const tinyBase = path.join(root, "models", "tiny-mistral");
/** Null: nothing was set yet. */
const settingsOf = async (host: Host) =>
  JSON.parse(await readFile(path.join(host.userData, "settings.json"), "utf8").catch(() => "null"));
const configOf = async (host: Host) =>
  JSON.parse(await readFile(path.join(host.workspace, "namewright.json"), "utf8"));

async function openSettings(page: Page, host: Host, section: string): Promise<void> {
  await page.goto(host.address);
  await page.waitForURL(/\/w\/[0-9a-f]{12}\/overview/);
  await page.goto(page.url().replace(/overview.*$/, `settings?section=${section}`));
  await page.getByRole("tab", { selected: true }).waitFor();
}

/** Runs the body with a host whose options are known only in the test. */
async function withHost(options: Parameters<typeof startHost>[0], body: (host: Host) => Promise<void>) {
  const host = await startHost(options);
  try {
    await body(host);
  } finally {
    await host.close();
  }
}

test.describe("the judge", () => {
  test("can be set, stored in the user's data folder and tested with one call", async ({ page }) => {
    const judge = await startJudge();
    await withHost({ env: { OPENAI_API_KEY: "sk-spec", OPENAI_BASE_URL: judge.baseUrl } }, async (host) => {
      await openSettings(page, host, "judge");
      await expect(page.getByRole("textbox", { name: "Endpoint" })).toBeDisabled();
      await expect(page.getByText("Set by OPENAI_BASE_URL in the environment")).toBeVisible();
      await page.getByRole("textbox", { name: "Model" }).fill("judge-1");
      await page.getByRole("textbox", { name: "Input price" }).fill("10");
      await expect(page.getByText("Enter both prices or neither")).toBeVisible();
      await expect(page.getByRole("button", { name: "Save judge" })).toBeDisabled();
      await page.getByRole("textbox", { name: "Output price" }).fill("100");
      await page.getByRole("button", { name: "Save judge" }).click();
      await expect(page.getByRole("button", { name: "Save judge" })).toBeDisabled();
      const kept = { baseUrl: null, model: "judge-1", prices: { input: 10, output: 100 } };
      await expect.poll(async () => (await settingsOf(host))?.judge).toEqual(kept);
      await page.getByRole("button", { name: "Test judge" }).click();
      const result = page.getByRole("region", { name: "Connection test" });
      await expect(result.getByRole("status")).toContainText("The judge responded");
      await expect(result).toContainText("30 in, 10 out");
      await expect(result).toContainText("$0.0013");
      expect(judge.heard).toHaveLength(1);
      await expectAccessible(page);
    });
    await judge.stop();
  });

  test("test explains that the key was rejected", async ({ page }) => {
    const judge = await startJudge(401);
    const env = {
      OPENAI_API_KEY: "sk-spec",
      OPENAI_BASE_URL: judge.baseUrl,
      NAMEWRIGHT_JUDGE_MODEL: "judge-1",
    };
    await withHost({ env }, async (host) => {
      await openSettings(page, host, "judge");
      await page.getByRole("button", { name: "Test judge" }).click();
      await expect(page.getByRole("alert")).toContainText("rejected the API key (401)");
      await expect(page.getByRole("alert")).toContainText("Check OPENAI_API_KEY");
    });
    await judge.stop();
  });
});

test.describe("a key", () => {
  const key = "sk-canary-5f1d3a9c7e";

  test("is sent only to its own endpoint and never to the page, disk, log, child processes or other servers", async ({
    page,
  }) => {
    const judge = await startJudge();
    const elsewhere = await startJudge();
    const seen: string[] = [];
    page.on("websocket", (socket) => {
      const keep = ({ payload }: { payload: string | Buffer }): void => void seen.push(payload.toString());
      socket.on("framereceived", keep);
      socket.on("framesent", keep);
    });
    await withHost({ env: { OPENAI_API_KEY: key } }, async (host) => {
      await openSettings(page, host, "judge");
      const panel = page.getByRole("region", { name: "Endpoint key" });
      await expect(panel).toContainText("set in the environment");
      await expect(panel).toContainText("https://api.openai.com");
      // A browser offers no field for a key.
      await expect(page.locator("input[type=password]")).toHaveCount(0);
      await page.getByRole("textbox", { name: "Endpoint" }).fill(elsewhere.baseUrl);
      await page.getByRole("textbox", { name: "Model" }).fill("local");
      await page.getByRole("button", { name: "Save judge" }).click();
      await expect(panel).toContainText("This key belongs to another service");
      await page.getByRole("button", { name: "Test judge" }).click();
      await expect(page.getByRole("region", { name: "Connection test" })).toContainText(
        "The judge responded",
      );
      expect(elsewhere.heard.map(({ authorization }) => authorization)).toEqual(["Bearer none"]);
      // A question starts the inference worker, which is a child process.
      await page.getByRole("link", { name: "Playground" }).click();
      await page.getByRole("button", { name: "Try a bakery" }).click();
      await expect(page.getByText("Active").first()).toBeVisible();
      const children = await environmentsOfChildren(host.pid);
      expect(children.length).toBeGreaterThan(0);
      expect(children.join("\n")).not.toContain(key);
      const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
      expect(seen.length).toBeGreaterThan(10);
      expect(`${seen.join("\n")}${await page.content()}${stored}${host.log()}`).not.toContain(key);
      expect(await filesWith(path.dirname(host.workspace), key)).toEqual([]);
    });
    await judge.stop();
    await elsewhere.stop();
  });

  test("is sent to the endpoint that is set next to it", async ({ page }) => {
    const judge = await startJudge();
    const env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: judge.baseUrl, NAMEWRIGHT_JUDGE_MODEL: "m" };
    await withHost({ env }, async (host) => {
      await openSettings(page, host, "judge");
      await page.getByRole("button", { name: "Test judge" }).click();
      await expect(page.getByRole("region", { name: "Connection test" })).toContainText(
        "The judge responded",
      );
      expect(judge.heard.map(({ authorization }) => authorization)).toEqual([`Bearer ${key}`]);
      expect(await filesWith(path.dirname(host.workspace), key)).toEqual([]);
    });
    await judge.stop();
  });
});

/** Returns the environments of all descendants of a process; [] where the system has no /proc. */
async function environmentsOfChildren(pid: number): Promise<string[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  const found: string[] = [];
  for (const child of children.split(" ").filter((text) => text !== "")) {
    found.push(await readFile(`/proc/${child}/environ`, "utf8").catch(() => ""));
    found.push(...(await environmentsOfChildren(Number(child))));
  }
  return found;
}

/** Returns the files of a folder that contain the text. Links, such as the one to Python, aren't followed. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesWith(place, text)));
    else if (entry.isFile() && (await readFile(place, "latin1")).includes(text)) found.push(place);
  }
  return found;
}

test.describe("the base model", () => {
  test("can be selected from a folder after a check, and reset", async ({ page }) => {
    const models = await mkdtemp(path.join(tmpdir(), "namewright-models-"));
    await cp(tinyBase, path.join(models, "my-base"), { recursive: true });
    await mkdir(path.join(models, "empty"));
    await withHost({ words: ["--allow", models] }, async (host) => {
      await openSettings(page, host, "base");
      const base = page.getByRole("region", { name: "Base model of sample" });
      await expect(base).toContainText("MistralForCausalLM");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Use a folder…" }).click();
      const dialog = page.getByRole("dialog", { name: "Use a Hugging Face folder as the base model" });
      await dialog.getByRole("button", { name: `${models}/` }).click();
      await dialog.getByRole("button", { name: /^empty\// }).click();
      await dialog.getByRole("button", { name: "Check this folder" }).click();
      await expect(dialog.getByRole("alert")).toContainText("it isn't a folder, or it is empty");
      await dialog.getByRole("button", { name: ".. (parent folder)" }).click();
      await dialog.getByRole("button", { name: /^my-base\// }).click();
      await dialog.getByRole("button", { name: "Check this folder" }).click();
      await expect(dialog).toContainText("3.34 M in 4 layers");
      await expectAccessible(page);
      await dialog.getByRole("button", { name: "Use my-base as the base model" }).click();
      await expect(dialog).toBeHidden();
      expect((await configOf(host)).base).toBe(path.join(models, "my-base"));
      await expect(base).toContainText(path.join(models, "my-base"));
      await page.getByRole("button", { name: "Use tiny-mistral" }).click();
      await expect(base).toContainText(tinyBase);
      expect((await configOf(host)).base).toBe("embedded");
    });
    await rm(models, { recursive: true });
  });

  test("can be downloaded, stopped, resumed and used, without leaking the token", {
    tag: "@transport",
  }, async ({ page }) => {
    const token = "hf_canary_1b2c3d4e";
    const id = "someone/tiny";
    const small = ["config.json", "tokenizer.json", "tokenizer.model", "tokenizer_config.json"];
    const names = [...small, "model.safetensors"];
    const contents = await Promise.all(names.map((name) => readFile(path.join(tinyBase, name))));
    const files = Object.fromEntries(names.map((name, at) => [name, contents[at] ?? ""]));
    const hub = await startHubServer({ id, files, large: ["model.safetensors"], token });
    const weights = contents[4] as Buffer;
    // The list, four small files, then weights that stop partway.
    hub.script.push(null, null, null, null, null, (_request, response) => {
      response.writeHead(200, { "content-length": weights.length });
      response.write(weights.subarray(0, 2_000_000));
    });
    const env = { HF_ENDPOINT: hub.endpoint, HUGGINGFACE_API_TOKEN: token };
    await withHost({ env }, async (host) => {
      await openSettings(page, host, "base");
      await page.getByRole("textbox", { name: "Model" }).fill(id);
      await page.getByRole("button", { name: "Download", exact: true }).click();
      const run = page.getByRole("group", { name: `download ${id}` });
      await expect(run).toContainText(/of 7\.\d MB/);
      await run.getByRole("button", { name: "Stop download" }).click();
      await expect(run).toContainText("Downloaded data is kept");
      await expect(page.getByRole("table", { name: "Incomplete downloads" })).toContainText(id);
      await run.getByRole("button", { name: "Resume" }).click();
      await page.getByRole("button", { name: `Use ${id}` }).click();
      await expect(page.getByRole("region", { name: "Base model of sample" })).toContainText(
        "someone--tiny@",
      );
      expect((await configOf(host)).base).toBe(id);
      // It stopped somewhere in the 2 MB that the hub had sent.
      const starts = hub.requests.map(({ range }) => Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0));
      expect(Math.max(...starts)).toBeGreaterThan(0);
      await page.getByRole("button", { name: "Use tiny-mistral" }).click();
      await page.getByRole("button", { name: `Delete ${id}` }).click();
      await page.getByRole("button", { name: "Delete download" }).click();
      await expect(page.getByRole("button", { name: `Use ${id}` })).toHaveCount(0);
      expect(await readdir(path.join(host.userData, "bases"))).toEqual([]);
      expect(await filesWith(path.dirname(host.workspace), token)).toEqual([]);
      expect(host.log()).not.toContain(token);
    });
    await hub.stop();
  });
});

test("device and theme are saved, and the theme applies to another browser", async ({
  page,
  host,
  open,
  browser,
}) => {
  await open("settings", { query: "?section=device" });
  await expect(page.getByRole("region", { name: "This machine" })).toContainText("llama.cpp");
  await page.getByText("CPU only").click();
  await expect(page.getByRole("radio", { name: "CPU only" })).toBeChecked();
  await expect.poll(async () => (await settingsOf(host))?.device).toBe("cpu");
  await expectAccessible(page);
  await page.getByRole("tab", { name: "Appearance" }).click();
  await page.getByRole("radiogroup", { name: "Theme" }).getByText("Dark").click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await expect.poll(async () => (await settingsOf(host))?.theme).toBe("dark");
  const context = await browser.newContext({ colorScheme: "light" });
  const another = await context.newPage();
  await another.goto(host.address);
  if (test.info().project.metadata.transport === "socket")
    await expect(another.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
  await context.close();
});

test("the system check lists its results, and a rebuild asks for confirmation", async ({ page, open }) => {
  await open("settings", { query: "?section=python" });
  const doctor = page.getByRole("region", { name: "System check" });
  await expect(doctor.getByRole("row", { name: /PyTorch/ })).toContainText("torch", { timeout: 50_000 });
  await expect(doctor.getByRole("row")).toHaveCount(12);
  await page.getByRole("button", { name: "Rebuild…" }).click();
  const dialog = page.getByRole("dialog", { name: "Rebuild the Python environment?" });
  await expect(dialog).toContainText("the current environment is restored");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
});

test("arrow keys move between sections, and the URL restores the section", async ({ page, open }) => {
  await open("settings");
  await page.getByRole("tab", { name: "Judge" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/section=base/);
  await page.reload();
  await expect(page.getByRole("tab", { name: "Base model" })).toHaveAttribute("aria-selected", "true");
});
