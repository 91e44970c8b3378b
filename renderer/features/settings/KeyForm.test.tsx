// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import type { KeyState } from "../../../shared/schema/settings.ts";
import { draw, type Host } from "../../testing/screen.tsx";
import { KeyForm } from "./KeyForm.tsx";

const state = (source: KeyState["source"]) =>
  ({
    name: "OPENAI_API_KEY",
    set: source !== null,
    source,
    origin: source === null ? null : "https://api.example.org",
    wantedBy: "https://api.example.org",
  }) as KeyState;
const draws = (source: KeyState["source"], host: Host = {}) =>
  draw(<KeyForm state={state(source)} />, { host });
const field = () => document.querySelector('input[type="password"]') as HTMLInputElement;
const type = (value: string) => fireEvent.change(field(), { target: { value } });
const keep = () => screen.getByRole("button", { name: /^Keep/ }) as HTMLButtonElement;

describe("KeyForm", () => {
  it("sends a key for the service it is wanted by, and empties the field at once", async () => {
    const asked: unknown[] = [];
    draws(null, {
      "settings.setKey": (input: unknown) => {
        asked.push(input);
        return {};
      },
    });
    type("sk-secret");
    fireEvent.click(keep());
    expect(field().value).toBe("");
    await waitFor(() =>
      expect(asked).toEqual([
        { name: "OPENAI_API_KEY", value: "sk-secret", origin: "https://api.example.org" },
      ]),
    );
    expect(document.body.innerHTML).not.toContain("sk-secret");
  });

  it("keeps no empty key", () => {
    draws(null);
    expect(keep().disabled).toBe(true);
    type("   ");
    expect(keep().disabled).toBe(true);
    type("sk");
    expect(keep().disabled).toBe(false);
  });

  it("says why a key was not kept, without the key", async () => {
    draws(null, {
      "settings.setKey": () => {
        throw new Failure("missing", "there is no key store");
      },
    });
    type("sk-secret");
    fireEvent.click(keep());
    expect((await screen.findByRole("alert")).textContent).toContain("There is no key store");
    expect(document.body.innerHTML).not.toContain("sk-secret");
  });

  it("offers to forget a key that is kept here, and asks before it does", async () => {
    const asked: { value: unknown }[] = [];
    draws("stored", {
      "settings.setKey": (input: { value: unknown }) => {
        asked.push(input);
        return {};
      },
    });
    fireEvent.click(screen.getByRole("button", { name: /^Forget/ }));
    const dialog = await screen.findByRole("dialog");
    expect(asked).toEqual([]);
    fireEvent.click([...dialog.querySelectorAll("button")].at(-1) as HTMLElement);
    await waitFor(() => expect(asked).toMatchObject([{ value: null }]));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("cannot forget a key of the environment", () => {
    draws("environment");
    expect(screen.queryByRole("button", { name: /^Forget/ })).toBeNull();
  });
});
