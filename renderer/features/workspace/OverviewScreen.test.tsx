// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import type { NextStep } from "../../../shared/schema/overview.ts";
import { draw } from "../../testing/screen.tsx";
import { NextStepCard } from "./NextStepCard.tsx";
import { OverviewScreen } from "./OverviewScreen.tsx";

describe("OverviewScreen", () => {
  it("explains why the workspace cannot be loaded, and can retry", async () => {
    let times = 0;
    draw(<OverviewScreen />, {
      host: {
        "workspace.overview": () => {
          times += 1;
          throw new Failure("bad-value", "namewright.json is broken", { hint: "restore it" });
        },
      },
    });
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("is broken");
    expect(alert.textContent).toContain("Restore it");
    fireEvent.click(within(alert).getByRole("button"));
    await waitFor(() => expect(times).toBeGreaterThan(1));
  });

  it("shows neither an error nor a next step while loading", () => {
    draw(<OverviewScreen />, { host: { "workspace.overview": () => new Promise(() => {}) } });
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.queryByRole("region", { name: "Next step" })).toBeNull();
  });
});

describe("NextStepCard", () => {
  const nowhere = { screen: "overview", version: null, baseline: null, run: null } as const;
  const step = (kind: NextStep["kind"], lead: Partial<NextStep["lead"]>): NextStep => ({
    kind,
    label: "Do it",
    words: "why",
    lead: { ...nowhere, ...lead },
  });

  it("links to the step's screen with its version and baseline", () => {
    draw(<NextStepCard next={step("compare", { screen: "compare", version: "v2", baseline: "v1" })} />);
    expect(screen.getByRole("link", { name: "Do it" }).getAttribute("href")).toBe(
      "/w/one/compare?baseline=v1&with=v2",
    );
  });

  it("shows no link for a step without a screen", () => {
    draw(<NextStepCard next={step("copy-sample", {})} />);
    expect(screen.queryByRole("link")).toBeNull();
  });
});
