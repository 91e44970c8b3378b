import { type RefObject, useEffect, useRef } from "react";

/** How far each screen was scrolled when it was left, by its path. */
const kept = new Map<string, number>();

/** So long is waited for what a screen shows to come back, in milliseconds. */
const patienceMs = 2_000;

/** Scrolls an element to where it was when this screen was last left, unless the person moves first. */
export function useKeptScroll<Element extends HTMLElement>(): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const path = window.location.pathname;
    const wanted = kept.get(path) ?? 0;
    const until = performance.now() + patienceMs;
    let frame = 0;
    // Content comes from a cache or the host: the place may not be there yet.
    const restore = (): void => {
      element.scrollTop = wanted;
      if (element.scrollTop < wanted - 1 && performance.now() < until) frame = requestAnimationFrame(restore);
    };
    const leaveIt = (): void => cancelAnimationFrame(frame);
    if (wanted > 0) restore();
    const remember = (): void => void kept.set(path, element.scrollTop);
    const moves = ["wheel", "pointerdown", "keydown"] as const;
    for (const move of moves) element.addEventListener(move, leaveIt, { passive: true });
    element.addEventListener("scroll", remember, { passive: true });
    return () => {
      leaveIt();
      for (const move of moves) element.removeEventListener(move, leaveIt);
      element.removeEventListener("scroll", remember);
    };
  }, []);
  return ref;
}
