import type { Locator, Page } from "@playwright/test";

/** A way to use the screens: only the mouse, or only the keyboard. */
export interface Hands {
  /** Activates a button, a link or a checkbox. */
  press(target: Locator): Promise<void>;
}

/** Waits until the target is enabled, for example after a plan or a save. */
async function untilReady(target: Locator): Promise<void> {
  await target.waitFor();
  await target.evaluate(async (element) => {
    while (element.matches(":disabled, [data-disabled], [data-loading]"))
      await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

/** More tab stops than any screen has. A target beyond them can't be reached by Tab. */
const mostStops = 400;

export function mouse(page: Page): Hands {
  return {
    async press(target) {
      await untilReady(target);
      await target.scrollIntoViewIfNeeded();
      const box = await target.boundingBox();
      if (box === null) throw new Error("the target is not on the screen");
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    },
  };
}

const mostArrows = 20;

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Returns whether the focus is on another mark of the target's figure, or another choice of its group. */
const isBesideFocus = (target: Locator) =>
  target.evaluate((element) => {
    const group = element.closest("svg, [role=radiogroup], [role=tablist]");
    const { activeElement } = document;
    return group !== null && element !== activeElement && group.contains(activeElement);
  });

/** Presses Tab until the target has the focus, then Enter, or Space for checkboxes. */
export function keyboard(page: Page): Hands {
  return {
    async press(target) {
      await untilReady(target);
      for (let stop = 0; stop < mostStops && !(await hasFocus(target)); stop += 1) {
        await page.keyboard.press("Tab");
        // The marks of a figure and the choices of a group share one tab stop. Arrow keys move between them.
        for (let arrow = 0; arrow < mostArrows && (await isBesideFocus(target)); arrow += 1)
          await page.keyboard.press("ArrowRight");
      }
      if (!(await hasFocus(target))) throw new Error(`neither Tab nor an arrow reached ${target}`);
      const ticked = await target.evaluate((element) => element instanceof HTMLInputElement);
      await page.keyboard.press(ticked ? "Space" : "Enter");
    },
  };
}
