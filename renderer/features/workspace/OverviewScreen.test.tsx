// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import type { NextStep } from "../../../shared/schema/overview.ts";
import { draw } from "../../testing/screen.tsx";
import { NextStepCard } from "./NextStepCard.tsx";
import { OverviewScreen } from "./OverviewScreen.tsx";

describe("OverviewScreen", () => {
  it("says why the workspace cannot be shown, and asks again when told to", async () => {
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

  it("shows no failure and no step while it waits for the host", () => {
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

  it("leads to the step's screen in this workspace, about what the step is about", () => {
    draw(<NextStepCard next={step("compare", { screen: "compare", version: "v2", baseline: "v1" })} />);
    expect(screen.getByRole("link", { name: "Do it" }).getAttribute("href")).toBe(
      "/w/one/compare?baseline=v1&with=v2",
    );
  });

  it("has no link for a step that leads nowhere", () => {
    draw(<NextStepCard next={step("copy-sample", {})} />);
    expect(screen.queryByRole("link")).toBeNull();
  });
});
