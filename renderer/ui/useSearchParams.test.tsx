// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { expect, it } from "vitest";
import { runHook } from "../testing/screen.tsx";
import { useSearchParams } from "./useSearchParams.ts";

it.each(["a,b", "a%2Cb", "100%", "50%25", "%41", "ü&=?#"])(
  "useSearchParams restores %j from the URL unchanged",
  (value) => {
    const { result, address } = runHook(useSearchParams, { at: "/w/one/compare?other=1" });
    act(() =>
      result.current[1]((before) => {
        before.set("q", value);
        return before;
      }),
    );
    expect(result.current[0].get("q")).toBe(value);
    expect(result.current[0].get("other")).toBe("1");
    const again = runHook(useSearchParams, { at: address() });
    expect(again.result.current[0].get("q")).toBe(value);
  },
);

it("useSearchParams keeps two changes of one event, and its setter is stable", () => {
  const { result, address } = runHook(useSearchParams, { at: "/w/one/compare" });
  const [, set] = result.current;
  const put = (name: string) => (before: URLSearchParams) => {
    before.set(name, "1");
    return before;
  };
  act(() => {
    set(put("a"));
    set(put("b"));
  });
  expect(address()).toBe("/w/one/compare?a=1&b=1");
  expect(result.current[1]).toBe(set);
});

it("useSearchParams removes the question mark with the last parameter", () => {
  const { result, address } = runHook(useSearchParams, { at: "/w/one/compare?q=1" });
  act(() => result.current[1](() => new URLSearchParams()));
  expect(address()).toBe("/w/one/compare");
});
