import type { Page } from "@playwright/test";

/** Drops CSV files on the page, as from a file manager. */
export async function dropped(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  const transfer = await page.evaluateHandle((some) => {
    const data = new DataTransfer();
    for (const { name, text } of some) data.items.add(new File([text], name, { type: "text/csv" }));
    return data;
  }, files);
  await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}
