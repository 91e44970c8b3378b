import { describe, expect, it } from "vitest";
import type { Platform } from "../platform.ts";
import { keyForService } from "./boundKey.ts";
import { environmentSource, fromOutside } from "./outside.ts";

type Variables = Record<string, string>;

function hostOf(environment: Variables, dotenv: Variables): Platform {
  const file = { ...environmentSource(dotenv), kind: "dotenv" as const, place: "/clone/.env" };
  return {
    name: "test",
    paths: { userData: "/n", resources: "/n", sample: "/n", embeddedBase: "/n" },
    secrets: { get: async () => null },
    ...fromOutside([environmentSource(environment), file]),
    launchWorker: () => {
      throw new Error("no worker is needed");
    },
  };
}

const key = { OPENAI_API_KEY: "sk-environment" };
const fileKey = { OPENAI_API_KEY: "sk-file" };
const mine = { OPENAI_BASE_URL: "https://mine.example/v1" };
const theirs = { OPENAI_BASE_URL: "http://127.0.0.1:9/v1" };
const none = {};

const sent = (environment: Variables, dotenv: Variables) => {
  const host = hostOf(environment, dotenv);
  return keyForService(host, host, "OPENAI_API_KEY");
};

describe("keyForService", () => {
  it.each([
    ["the environment's key to the default address", key, none, "sk-environment"],
    ["the environment's key to the environment's address", { ...key, ...mine }, theirs, "sk-environment"],
    [
      "the environment's key to the default address that .env repeats",
      key,
      { OPENAI_BASE_URL: "https://api.openai.com/v1" },
      "sk-environment",
    ],
    [".env's key to .env's address", none, { ...fileKey, ...theirs }, "sk-file"],
    [".env's key to the default address", none, fileKey, "sk-file"],
    [
      ".env's key to .env's address, whatever key the environment holds",
      key,
      { ...fileKey, ...theirs },
      "sk-file",
    ],
    ["the environment's key where .env holds another and no address", key, fileKey, "sk-environment"],
    ["no key where the environment's is empty", { OPENAI_API_KEY: "" }, { ...fileKey, ...theirs }, null],
    ["a key without the spaces around it", { OPENAI_API_KEY: " sk-environment\r" }, none, "sk-environment"],
  ])("gives %s", async (_, environment, dotenv, expected) => {
    expect(await sent(environment, dotenv)).toBe(expected);
  });

  it("refuses the environment's key for .env's address, and names both and what to do", async () => {
    await expect(sent(key, theirs)).rejects.toMatchObject({
      code: "missing",
      message:
        "OPENAI_API_KEY from the environment is bound to https://api.openai.com, so it isn't sent to http://127.0.0.1:9, which OPENAI_BASE_URL in /clone/.env names",
      hint: expect.stringContaining("remove OPENAI_BASE_URL from it"),
      place: { file: "/clone/.env" },
    });
  });

  it("refuses .env's key for the environment's address", async () => {
    await expect(sent(mine, fileKey)).rejects.toMatchObject({
      code: "missing",
      message: expect.stringMatching(/from \/clone\/\.env .* OPENAI_BASE_URL in the environment names/),
    });
  });

  it("refuses an address with a user name or password, and shows neither", async () => {
    const refused = sent({ ...key, OPENAI_BASE_URL: "https://me:hunter2@mine.example/v1" }, none);
    await expect(refused).rejects.toMatchObject({
      code: "bad-value",
      message: expect.not.stringContaining("hunter2"),
    });
  });
});
