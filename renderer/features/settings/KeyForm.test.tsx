// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import type { KeyState } from "../../../shared/schema/settings.ts";
import { draw, type Host } from "../../testing/screen.tsx";
import { KeyForm } from "./KeyForm.tsx";
import { messages } from "./messages.ts";

const { key: text } = messages;

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
const save = () => screen.getByRole("button", { name: text.save }) as HTMLButtonElement;

describe("KeyForm", () => {
  it("sends the key with the service that needs it, and clears the field immediately", async () => {
    const asked: unknown[] = [];
    draws(null, {
      "settings.setKey": (input: unknown) => {
        asked.push(input);
        return {};
      },
    });
    type("sk-secret");
    fireEvent.click(save());
    expect(field().value).toBe("");
    await waitFor(() =>
      expect(asked).toEqual([
        { name: "OPENAI_API_KEY", value: "sk-secret", origin: "https://api.example.org" },
      ]),
    );
    expect(document.body.innerHTML).not.toContain("sk-secret");
  });

  it("disables saving while the key is empty", () => {
    draws(null);
    expect(save().disabled).toBe(true);
    type("   ");
    expect(save().disabled).toBe(true);
    type("sk");
    expect(save().disabled).toBe(false);
  });

  it("explains why a key was not saved, without showing the key", async () => {
    draws(null, {
      "settings.setKey": () => {
        throw new Failure("missing", "the key store is locked");
      },
    });
    type("sk-secret");
    fireEvent.click(save());
    expect((await screen.findByRole("alert")).textContent).toContain("The key store is locked");
    expect(document.body.innerHTML).not.toContain("sk-secret");
  });

  it("deletes a stored key only after confirmation", async () => {
    const asked: { value: unknown }[] = [];
    draws("stored", {
      "settings.setKey": (input: { value: unknown }) => {
        asked.push(input);
        return {};
      },
    });
    fireEvent.click(screen.getByRole("button", { name: text.remove }));
    const dialog = await screen.findByRole("dialog");
    expect(asked).toEqual([]);
    fireEvent.click([...dialog.querySelectorAll("button")].at(-1) as HTMLElement);
    await waitFor(() => expect(asked).toMatchObject([{ value: null }]));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("doesn't offer to delete a key from the environment", () => {
    draws("environment");
    expect(screen.queryByRole("button", { name: text.remove })).toBeNull();
  });
});
