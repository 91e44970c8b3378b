// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { expect, it } from "vitest";
import { runHook } from "../testing/screen.tsx";
import { useUrlState } from "./useUrlState.ts";

it("useUrlState keeps a value in the URL, and omits the default value", () => {
  const { result, address } = runHook(() => useUrlState("panel", "findings"), { at: "/w/one/datasets?q=a" });
  expect(result.current[0]).toBe("findings");
  const [, set] = result.current;
  act(() => set("none"));
  expect(result.current[0]).toBe("none");
  expect(address()).toBe("/w/one/datasets?q=a&panel=none");
  act(() => set("findings"));
  expect(address()).toBe("/w/one/datasets?q=a");
  expect(result.current[1]).toBe(set);
});
