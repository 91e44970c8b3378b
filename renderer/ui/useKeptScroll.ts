import { type RefObject, useEffect, useRef } from "react";

/** The last scroll position of each screen, by path. */
const kept = new Map<string, number>();

/** How long to wait for a screen's content before giving up, in milliseconds. */
const patienceMs = 2_000;

/** Restores a screen's last scroll position, unless the user scrolls first. */
export function useKeptScroll<Element extends HTMLElement>(): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const path = window.location.pathname;
    const wanted = kept.get(path) ?? 0;
    const until = performance.now() + patienceMs;
    let frame = 0;
    // The content may still be loading, so the position may not exist yet.
    const restore = (): void => {
      element.scrollTop = wanted;
      if (element.scrollTop < wanted - 1 && performance.now() < until) frame = requestAnimationFrame(restore);
    };
    const stopRestoring = (): void => cancelAnimationFrame(frame);
    if (wanted > 0) restore();
    const remember = (): void => void kept.set(path, element.scrollTop);
    const moves = ["wheel", "pointerdown", "keydown"] as const;
    for (const move of moves) element.addEventListener(move, stopRestoring, { passive: true });
    element.addEventListener("scroll", remember, { passive: true });
    return () => {
      stopRestoring();
      for (const move of moves) element.removeEventListener(move, stopRestoring);
      element.removeEventListener("scroll", remember);
    };
  }, []);
  return ref;
}
