import type { Locator, Page } from "@playwright/test";

/** One way to work the screens: nothing but the mouse, or nothing but the keyboard. */
export interface Hands {
  /** Presses a button, follows a link, ticks a box. */
  press(target: Locator): Promise<void>;
}

/** A person waits until what is to be pressed can be: a plan is made, a save is over. */
async function untilReady(target: Locator): Promise<void> {
  await target.waitFor();
  await target.evaluate(async (element) => {
    while (element.matches(":disabled, [data-disabled], [data-loading]"))
      await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

/** More stops than any screen has; past them the target cannot be reached by Tab. */
const mostStops = 400;

export function mouse(page: Page): Hands {
  return {
    async press(target) {
      await untilReady(target);
      await target.scrollIntoViewIfNeeded();
      const box = await target.boundingBox();
      if (box === null) throw new Error("what is to be pressed is not on the screen");
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    },
  };
}

/** Tab, Shift-free, until the target holds the focus; then Enter, or Space where Enter does nothing. */
export function keyboard(page: Page): Hands {
  return {
    async press(target) {
      await untilReady(target);
      for (let stop = 0; stop < mostStops; stop += 1) {
        if (await target.evaluate((element) => element === document.activeElement)) break;
        await page.keyboard.press("Tab");
      }
      if (!(await target.evaluate((element) => element === document.activeElement)))
        throw new Error(`Tab never reached ${target}`);
      const ticked = await target.evaluate((element) => element instanceof HTMLInputElement);
      await page.keyboard.press(ticked ? "Space" : "Enter");
    },
  };
}
