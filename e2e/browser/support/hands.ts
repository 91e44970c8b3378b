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

const mostArrows = 20;

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Whether the focus is on another mark of the target's figure, or another choice of its group. */
const isBesideFocus = (target: Locator) =>
  target.evaluate((element) => {
    const group = element.closest("svg, [role=radiogroup], [role=tablist]");
    const { activeElement } = document;
    return group !== null && element !== activeElement && group.contains(activeElement);
  });

/** Tab, Shift-free, until the target holds the focus; then Enter, or Space where Enter does nothing. */
export function keyboard(page: Page): Hands {
  return {
    async press(target) {
      await untilReady(target);
      for (let stop = 0; stop < mostStops && !(await hasFocus(target)); stop += 1) {
        await page.keyboard.press("Tab");
        // Marks of a figure and the choices of a group share one stop: arrows lead from one to the next.
        for (let arrow = 0; arrow < mostArrows && (await isBesideFocus(target)); arrow += 1)
          await page.keyboard.press("ArrowRight");
      }
      if (!(await hasFocus(target))) throw new Error(`neither Tab nor an arrow reached ${target}`);
      const ticked = await target.evaluate((element) => element instanceof HTMLInputElement);
      await page.keyboard.press(ticked ? "Space" : "Enter");
    },
  };
}
