import { Window } from "happy-dom";

/** What React and Recharts look for in the global scope. */
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
 * Makes this process look like a page: Recharts' marks register in effects, so that nothing less draws them.
 * Must run before React's client is loaded; no other code of ours runs in this process.
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
