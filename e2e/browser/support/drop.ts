import type { Page } from "@playwright/test";

/** Drops CSVs on the page, as a person does from a folder. */
export async function dropped(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  const transfer = await page.evaluateHandle((some) => {
    const data = new DataTransfer();
    for (const { name, text } of some) data.items.add(new File([text], name, { type: "text/csv" }));
    return data;
  }, files);
  await page.dispatchEvent("body", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent("body", "drop", { dataTransfer: transfer });
}
