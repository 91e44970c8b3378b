// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { runHook } from "../../testing/screen.tsx";
import { useTrainingRequest } from "./useTrainingRequest.ts";

const requestAt = (query: string, versions = ["v1", "v2"]) =>
  runHook(() => useTrainingRequest(versions), { at: `/w/one/train${query}` });

describe("useTrainingRequest", () => {
  it("defaults to the newest dataset, the workspace's preset and seed 1", () => {
    expect(requestAt("").result.current.request).toEqual({
      version: "v2",
      preset: null,
      prompt: "suggest",
      seed: 1,
      epochs: null,
      fastestBatch: false,
      anyway: false,
      overrides: {},
    });
  });

  it("ignores an unusable number of seeds", () => {
    for (const query of ["", "?seeds=0", "?seeds=6", "?seeds=x", "?seeds=1.5"])
      expect(requestAt(query).result.current.seeds).toBe(1);
  });

  it("restores the settings from the URL", () => {
    const { result, address } = requestAt("");
    act(() => result.current.setVersion("v1"));
    act(() => result.current.setPrompt("short"));
    act(() => result.current.setSeed(7));
    act(() => result.current.setFastestBatch(true));
    act(() => result.current.setAnyway(true));
    act(() => result.current.setSeeds(3));
    act(() => result.current.setField("optimisation.epochs", 2));
    const { request, seeds } = requestAt(address().slice("/w/one/train".length)).result.current;
    expect(seeds).toBe(3);
    expect(request).toEqual(result.current.request);
    expect(request).toMatchObject({
      ...{ version: "v1", prompt: "short", seed: 7 },
      ...{ fastestBatch: true, anyway: true },
    });
    expect(Object.keys(request.overrides)).toHaveLength(1);
  });

  it("drops an override when the field is reset to the preset", () => {
    const { result } = requestAt("");
    act(() => result.current.setField("optimisation.epochs", 2));
    act(() => result.current.setField("optimisation.epochs", undefined));
    expect(result.current.request.overrides).toEqual({});
  });

  it("clears the overrides when another preset is selected", () => {
    const { result } = requestAt("");
    act(() => result.current.setField("optimisation.epochs", 2));
    act(() => result.current.setPreset("mistral-7b"));
    expect(result.current.request).toMatchObject({ preset: "mistral-7b", overrides: {} });
  });

  it.each(["?seed=-1", "?seed=many", "?preset=best", "?set=nonsense"])(
    "uses the defaults for an invalid query %s",
    (query) => {
      expect(requestAt(query).result.current.request).toEqual(requestAt("").result.current.request);
    },
  );
});
