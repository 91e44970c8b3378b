import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Page } from "@playwright/test";
import { dropped } from "./support/drop.ts";
import { expect, expectAccessible, test } from "./support/fixtures.ts";

test.use({ hostOptions: { from: "dataset" }, permissions: ["clipboard-read", "clipboard-write"] });

/** A dataset with details that a careless save would change: CRLF, semicolons, unneeded quotes, a blank line. */
const odd = [
  "description;suggestions;notes",
  '"A bakery";[];"keep ""this"""',
  "",
  "Bikes, repaired;[];",
  "Drugs by post;[];  spaces  ",
  "",
].join("\r\n");

const column = { description: "c0", suggestions: "c1", notes: "c2" } as const;

function cell(page: Page, row: number, name: keyof typeof column) {
  return page.locator(`.ag-row[row-index="${row - 1}"] [col-id="${column[name]}"]`);
}

async function type(page: Page, row: number, name: keyof typeof column, text: string): Promise<void> {
  const editor = page.getByRole("textbox", { name: "Cell" });
  // On a busy machine, the first click can come before the rows can be edited.
  await expect(async () => {
    await cell(page, row, name).dblclick();
    await expect(editor).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await editor.fill(text);
  await page.keyboard.press("Enter");
  await expect(cell(page, row, name)).toHaveText(text);
  // The text appears immediately. The mark next to the row number shows that the host has the edit.
  const number = page.locator(`.ag-row[row-index="${row - 1}"] [col-id="row"]`);
  await expect(number).toHaveClass(/nw-row-(changed|added)/);
}

const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true });

async function saved(page: Page): Promise<void> {
  await save(page).click();
  await expect(save(page)).toBeDisabled();
}

test("a CSV dropped on any screen can be imported, edited and saved byte for byte", {
  tag: "@transport",
}, async ({ page, host, open }) => {
  await open("runs");
  const foreign = 'id;Business;Domains\r\n1;Café for dogs;"dog-cafe, barkbeans"\r\n2;Kites;\r\n';
  await dropped(page, [
    { name: "foreign.csv", text: foreign },
    { name: "second.csv", text: "description,suggestions\nMore,[]\n" },
  ]);
  const dialog = page.getByRole("dialog", { name: /^Import foreign.csv, then 1 more/ });
  await expect(dialog).toContainText("semicolon-separated");
  await expect(dialog.getByRole("columnheader", { name: /Domains/ })).toContainText("→ suggestions");
  await dialog.getByRole("textbox", { name: "Name in this workspace" }).fill("dogs");
  await dialog.getByRole("button", { name: "Import" }).click();
  await page
    .getByRole("dialog", { name: /^Import second.csv/ })
    .getByRole("button", { name: "Skip this file" })
    .click();
  await expect(page).toHaveURL(/datasets\?file=dogs.csv/);

  await type(page, 2, "description", 'Kites, "box" ones');
  await cell(page, 2, "suggestions").dblclick();
  await page.keyboard.type("kitehouse, windbox fly-box ");
  await page.keyboard.press("Enter");
  await expect(cell(page, 2, "suggestions")).toContainText("windbox");
  await saved(page);
  expect(await readFile(path.join(host.workspace, "data", "dogs.csv"), "utf8")).toBe(
    'description,suggestions\nCafé for dogs,"[""dog-cafe"",""barkbeans""]"\n' +
      '"Kites, ""box"" ones","[""kitehouse"",""windbox"",""fly-box""]"\n',
  );
});

test("a file dropped on a later visit is previewed and imported", {
  tag: "@transport",
}, async ({ page, host, open }) => {
  await open("datasets");
  const dialog = (name: string) => page.getByRole("dialog", { name: `Import ${name}` });
  await dropped(page, [{ name: "first.csv", text: "description,suggestions\nFirst,[]\n" }]);
  await expect(dialog("first.csv")).toContainText("First");
  await dialog("first.csv").getByRole("button", { name: "Skip this file" }).click();
  await page.getByRole("link", { name: "Train" }).click();
  await expect(page).toHaveURL(/\/train/);
  await page.getByRole("link", { name: "Datasets" }).click();
  await dropped(page, [{ name: "second.csv", text: "description,suggestions\nSecond,[]\n" }]);
  await expect(dialog("second.csv")).toContainText("Second");
  await dialog("second.csv").getByRole("textbox", { name: "Name in this workspace" }).fill("later");
  await dialog("second.csv").getByRole("button", { name: "Import" }).click();
  await expect(page).toHaveURL(/datasets\?file=later.csv/);
  expect(await readFile(path.join(host.workspace, "data", "later.csv"), "utf8")).toContain("Second");
});

test("saving keeps every byte of unedited rows, and undo restores the file", async ({ page, host, open }) => {
  const file = path.join(host.workspace, "data", "odd.csv");
  await writeFile(file, odd);
  await open("datasets", { query: "?file=odd.csv" });
  await type(page, 2, "description", "Bikes; mended");
  await cell(page, 2, "description").click();
  await page.getByRole("button", { name: "Add row" }).click();
  await expect(page.getByText("2 rows unsaved")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "4 rows" })).toBeVisible();
  for (const step of ["Add 1 row", "Change 1 cell"]) {
    await page.getByRole("button", { name: "Undo" }).hover();
    await expect(page.getByText(`Undo: ${step}`)).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
  }
  await expect(save(page)).toBeDisabled();
  await expect(cell(page, 2, "description")).toHaveText("Bikes, repaired");
  await page.getByRole("button", { name: "Redo" }).click();
  await page.getByRole("button", { name: "Redo" }).click();
  await saved(page);
  expect(await readFile(file, "utf8")).toBe(
    odd.replace("Bikes, repaired;[];\r\n", '"Bikes; mended";[];\r\n;[];\r\n'),
  );

  // Undo also works after a save.
  await page.getByRole("button", { name: "Undo" }).click();
  await saved(page);
  expect(await readFile(file, "utf8")).toBe(odd.replace("Bikes, repaired", '"Bikes; mended"'));
});

test("blocks can be copied, pasted and filled down with the keyboard", async ({ page, host, open }) => {
  const file = path.join(host.workspace, "data", "odd.csv");
  await writeFile(file, odd);
  await open("datasets", { query: "?file=odd.csv" });
  await cell(page, 1, "description").click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(page.getByText("2 × 2 selected")).toBeVisible();
  await page.keyboard.press("Control+c");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+v");
  await expect(cell(page, 4, "description")).toHaveText("Bikes, repaired");
  await expect(cell(page, 3, "description")).toHaveText("A bakery");
  await page.keyboard.press("Control+z");
  await expect(cell(page, 3, "description")).toHaveText("Drugs by post");
  await expect(cell(page, 4, "description")).toHaveCount(0);

  await cell(page, 1, "notes").click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Control+d");
  await expect(cell(page, 3, "notes")).toHaveText('keep "this"');
  await page.keyboard.press("Delete");
  await expect(cell(page, 1, "notes")).toHaveText("");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await expect(cell(page, 2, "notes")).toHaveText("");
  await expect(cell(page, 1, "notes")).toHaveText('keep "this"');
  await expect(save(page)).toBeDisabled();
});

test("filtering and sorting clear the selection, so that no other rows are deleted", async ({
  page,
  open,
}) => {
  await open("datasets", { query: "?file=dataset_v1.csv" });
  const remove = page.getByRole("button", { name: "Delete", exact: true });
  await cell(page, 3, "description").click();
  await expect(remove).toBeEnabled();
  await page.getByRole("textbox", { name: "Filter rows" }).fill("a");
  await expect(page).toHaveURL(/q=a/);
  await expect(remove).toBeDisabled();
  await cell(page, 3, "description").click();
  await expect(remove).toBeEnabled();
  await page.locator(".ag-header-cell[col-id='c0']").click();
  await expect(page).toHaveURL(/sort=0/);
  await expect(remove).toBeDisabled();
  await expect(page.locator(".nw-cell-selected, .ag-cell-focus")).toHaveCount(0);
});

test("Ctrl+S saves the cell being edited, and Ctrl+F works from a text field", async ({
  page,
  host,
  open,
}) => {
  const file = path.join(host.workspace, "data", "odd.csv");
  await writeFile(file, odd);
  await open("datasets", { query: "?file=odd.csv" });
  await cell(page, 2, "description").dblclick();
  await page.getByRole("textbox", { name: "Cell" }).fill("Bikes; mended");
  await page.keyboard.press("Control+s");
  await expect.poll(() => readFile(file, "utf8")).toBe(odd.replace("Bikes, repaired", '"Bikes; mended"'));
  await expect(cell(page, 2, "description")).toBeFocused();
  await cell(page, 2, "suggestions").dblclick();
  await page.getByRole("textbox", { name: "Name" }).fill("bikeshed");
  await page.keyboard.press("Control+s");
  await expect.poll(() => readFile(file, "utf8")).toContain("bikeshed");
  await page.getByRole("textbox", { name: "Filter rows" }).press("Control+f");
  await expect(page.getByRole("textbox", { name: "Find" })).toBeFocused();
});

test("two tabs on one dataset share edits and undo", {
  tag: "@transport",
}, async ({ page, newPage, open }) => {
  const query = "?file=dataset_v1.csv";
  await open("datasets", { query });
  const other = await newPage();
  await open("datasets", { query, page: other });
  await expect(cell(other, 1, "description")).not.toHaveText("");
  await type(page, 1, "description", "Typed here");
  await expect(cell(other, 1, "description")).toHaveText("Typed here");
  await type(other, 2, "description", "Typed there");
  await expect(cell(page, 2, "description")).toHaveText("Typed there");
  await expect(page.getByText("2 rows unsaved")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(cell(other, 2, "description")).not.toHaveText("Typed there");
  await saved(other);
  await expect(save(page)).toBeDisabled();
});

test("edits survive a reload and a crash of the host", { tag: "@transport" }, async ({
  page,
  host,
  open,
}) => {
  const query = "?file=dataset_v1.csv";
  await open("datasets", { query });
  await type(page, 1, "description", "Kept by the journal");
  await page.reload();
  await expect(cell(page, 1, "description")).toHaveText("Kept by the journal");
  await host.kill();
  await host.restart();
  await page.goto("about:blank");
  await open("datasets", { query });
  await page.goto(host.address);
  await page.waitForURL(/\/w\/[0-9a-f]{12}\/overview/);
  await open("datasets", { query });
  await expect(cell(page, 1, "description")).toHaveText("Kept by the journal");
  await expect(page.getByText("1 row unsaved")).toBeVisible();
  const dialog = page.getByRole("dialog", { name: "Discard edits to dataset_v1.csv?" });
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Keep edits" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(cell(page, 1, "description")).toHaveText("Kept by the journal");
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  await dialog.getByRole("button", { name: "Discard changes to 1 row" }).click();
  await expect(cell(page, 1, "description")).not.toHaveText("Kept by the journal");
  await expect(page.getByText("1 row unsaved")).toBeHidden();
});

test("a finding opens its cell, and safe findings can be fixed", async ({ page, host, open }) => {
  const names = (last: string) => `"[""one-name"",""two-name"",""three-name"",""four-name"",""${last}""]"`;
  const rows = Array.from(
    { length: 60 },
    (_, at) => `Business ${at} of ${"abcdefgh".repeat((at % 7) + 1)}${at},[]\n`,
  );
  const file = path.join(host.workspace, "data", "dataset_v9.csv");
  await writeFile(
    file,
    `description,suggestions\n${rows.join("")}Bad one,${names("Five-Name.com")}\nWorse one,${names("six_name")}\n`,
  );
  await open("datasets", { query: "?file=dataset_v9.csv" });
  const panel = page.getByRole("complementary", { name: "Findings" });
  await panel.getByRole("button", { name: /row 61 · Domain ending in a name/ }).click();
  await expect(cell(page, 61, "suggestions")).toBeFocused();
  await panel.getByRole("button", { name: /^Fix \d+ safely/ }).click();
  await expect(cell(page, 61, "suggestions")).toContainText("five-name");
  await expect(panel.getByRole("button", { name: /Domain ending/ })).toHaveCount(0);
  await panel.getByRole("button", { name: /Invalid characters in a name \d/ }).click();
  await panel.getByRole("button", { name: "Show only these rows" }).click();
  await expect(page.getByText("1 of 62 rows")).toBeVisible();
  await expect(cell(page, 1, "description")).toHaveText("Worse one");
  await page.reload();
  await expect(page.getByText("1 of 62 rows")).toBeVisible();
});

test("a finding in a hidden row clears the filter and the sort order", async ({ page, host, open }) => {
  const rows = Array.from(
    { length: 300 },
    (_, at) => `Business ${"abcdefgh".repeat((at % 7) + 1)}${at},[]\n`,
  );
  await writeFile(
    path.join(host.workspace, "data", "dataset_v9.csv"),
    `description,suggestions\n${rows.join("")}Odd one,"[""one-name"",""two-name"",""three-name"",""four-name"",""six_name""]"\n`,
  );
  await open("datasets", { query: "?file=dataset_v9.csv&q=299&show=refusals&sort=0-" });
  await expect(page.getByText("1 of 301 rows")).toBeVisible();
  const panel = page.getByRole("complementary", { name: "Findings" });
  await panel.getByRole("button", { name: /^Invalid characters in a name \d/ }).click();
  await panel.getByRole("button", { name: /row 301 · Invalid characters in a name/ }).click();
  await expect(cell(page, 301, "suggestions")).toBeFocused();
  await expect(cell(page, 301, "description")).toHaveText("Odd one");
  await expect(page).not.toHaveURL(/[?&](q|show|sort)=/);
  await expect(page.getByRole("columnheader", { name: "description" })).toHaveAttribute("aria-sort", "none");
});

test("text can be found and replaced, and rows filtered and sorted", async ({ page, open }) => {
  await open("datasets", { query: "?file=dataset_v1.csv" });
  await cell(page, 1, "description").click();
  await page.keyboard.press("Control+f");
  await page.getByRole("textbox", { name: "Find" }).fill("radio");
  const bar = page.getByRole("search", { name: "Find and replace" });
  await expect(bar.getByRole("status")).toHaveText("4 matches in 2 cells");
  await page.keyboard.press("Enter");
  await expect(bar.getByRole("status")).toHaveText("Cell 1 of 2, 4 matches");
  await page.getByRole("textbox", { name: "Replace with" }).fill("phonograph");
  await bar.getByRole("button", { name: "Replace 4" }).click();
  await expect(cell(page, 1, "suggestions")).toContainText("phonograph-point");
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
  await expect(cell(page, 1, "description")).toBeFocused();
  await page.getByRole("textbox", { name: "Filter rows" }).fill("phonograph");
  await expect(page.getByText("1 of 120 rows")).toBeVisible();
  await page.getByRole("textbox", { name: "Filter rows" }).fill("");
  await page.locator(".ag-header-cell[col-id='c0']").click();
  await expect(page).toHaveURL(/sort=0/);
  await expect(cell(page, 1, "description")).toHaveText(/^A/);
});

test("a file changed by another program isn't overwritten, and edits can be reapplied", {
  tag: "@transport",
}, async ({ page, host, open }) => {
  const file = path.join(host.workspace, "data", "odd.csv");
  await writeFile(file, odd);
  await open("datasets", { query: "?file=odd.csv" });
  await type(page, 1, "description", "My bakery");
  await type(page, 3, "description", "Drugs, but mine");
  const theirs = odd.replace('"A bakery"', "Their bakery");
  await writeFile(file, theirs);
  await expect(page.getByRole("alert")).toContainText("odd.csv changed on disk");
  await expect(page.getByRole("row", { name: /My bakery/ })).toContainText("Their bakery");
  expect(await readFile(file, "utf8")).toBe(theirs);
  await page.getByRole("button", { name: "Reapply my edits" }).click();
  await expect(cell(page, 3, "description")).toHaveText("Drugs, but mine");
  await expect(cell(page, 1, "description")).toHaveText("Their bakery");
  await saved(page);
  expect(await readFile(file, "utf8")).toBe(theirs.replace("Drugs by post", "Drugs, but mine"));
});

test("the panels show rows shared with the test set and changes to another version", async ({
  page,
  host,
  open,
}) => {
  const test1 =
    (await readFile(path.join(host.workspace, "data", "test_set.csv"), "utf8")).split("\n")[1] ?? "";
  const description = /^("(?:[^"]|"")*"|[^,]*)/.exec(test1)?.[0] ?? "";
  await writeFile(
    path.join(host.workspace, "data", "dataset_v2.csv"),
    `description,suggestions\n${description},[]\nNew,[]\n`,
  );
  await open("datasets", { query: "?file=dataset_v2.csv&panel=neighbours" });
  const panel = page.getByRole("complementary", { name: "Duplicates" });
  await expect(panel).toContainText("1 row shared with test_set.csv");
  await expect(panel).toContainText("test_set.csv, row 1");
  await panel.getByRole("button", { name: "Delete row 1" }).click();
  await expect(panel).toContainText("No rows shared with test_set.csv");
  await page.getByRole("combobox", { name: "Panel" }).click();
  await page.getByRole("option", { name: "Comparison" }).click();
  await expect(page.getByRole("complementary", { name: "Comparison" })).toContainText(
    "1 row added, 120 removed",
  );
});

test("a large file shows its last row, and an edit there changes no other byte", {
  tag: "@transport",
}, async ({ page, host, open }) => {
  const line = (row: number) => `"Business ${row}, with a long description ${"of it ".repeat(12)}",[]\n`;
  const text = `description,suggestions\n${Array.from({ length: 40_000 }, (_, at) => line(at + 1)).join("")}`;
  const file = path.join(host.workspace, "data", "dataset_v8.csv");
  await writeFile(file, text);
  await open("datasets", { query: "?file=dataset_v8.csv&panel=none" });
  await cell(page, 1, "description").click();
  await expect(page.getByText("40,000 rows", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+ArrowDown");
  await expect(cell(page, 40_000, "description")).toContainText("Business 40000,");
  await type(page, 40_000, "description", "Last");
  await saved(page);
  const edited = text.replace(line(40_000), '"Last",[]\n');
  expect((await readFile(file, "utf8")) === edited).toBe(true);
});

test("Datasets passes axe in both themes", async ({ page, open }) => {
  await open("datasets");
  await expect(page.getByRole("button", { name: "dataset_v1.csv" })).toBeVisible();
  await expectAccessible(page);
  await open("datasets", { query: "?file=dataset_v1.csv&panel=statistics&find=open" });
  await expect(page.getByText("Most common words")).toBeVisible();
  await expectAccessible(page);
  await open("datasets", { query: "?file=dataset_v1.csv&panel=diversity" });
  await expect(page.getByRole("region", { name: "Most frequent first pieces" })).toContainText("daily");
  await expect(page.getByRole("row", { name: /^Names that copy a word/ })).toContainText("0.985");
  await expectAccessible(page);
});
