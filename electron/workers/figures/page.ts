import { Window } from "happy-dom";

/** The globals that React and Recharts need. */
const wanted = [
  "document",
  "navigator",
  "HTMLElement",
  "SVGElement",
  "Element",
  "Node",
  "Text",
  "HTMLIFrameElement",
  "ResizeObserver",
  "MutationObserver",
  "requestAnimationFrame",
  "cancelAnimationFrame",
  "getComputedStyle",
  "XMLSerializer",
] as const;

/**
 * Makes this process look like a page. Recharts registers its marks in effects, so drawing needs a DOM. Must run before
 * React's client loads. No other code of ours runs in this process.
 */
export function openPage(): Window {
  const window = new Window({ url: "http://figures.invalid/", width: 1280, height: 800 });
  Object.defineProperty(globalThis, "window", { value: window, configurable: true });
  for (const name of wanted) {
    const value: unknown = Reflect.get(window, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  return window;
}
