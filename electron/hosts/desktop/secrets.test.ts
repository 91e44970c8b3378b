import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileLayer } from "../../services/files/fileLayer.ts";
import type { StandInOptions } from "../testing/fakeElectron/options.ts";
import { createStandIn } from "../testing/fakeElectron/standIn.ts";
import { keptSecrets } from "./secrets.ts";

const key = "sk-never-to-be-seen";
const origin = "https://api.openai.com";
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "namewright-keys-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => path.join(folder, "desktop", "keys.json");

function secretsOn(options: Partial<StandInOptions> = {}, platform: NodeJS.Platform = "linux") {
  const { electron } = createStandIn({ app: "/nowhere", ...options });
  return keptSecrets({
    safeStorage: electron.safeStorage,
    files: createFileLayer(),
    file: file(),
    platform,
    otherwise: (name) => (name === "OPENAI_API_KEY" ? "sk-of-the-environment" : null),
  });
}

describe("keys on the desktop", () => {
  it("are stored encrypted with their allowed origin, and persist after a restart", async () => {
    await secretsOn().set("OPENAI_API_KEY", { value: key, origin });
    await secretsOn().set("HUGGINGFACE_API_TOKEN", { value: "hf_secret", origin: "https://huggingface.co" });
    const onDisk = await readFile(file(), "utf8");
    expect(onDisk).not.toContain(key);
    expect(onDisk).not.toContain(Buffer.from(key).toString("base64").slice(0, 12));
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    const later = secretsOn();
    expect(await later.get("OPENAI_API_KEY")).toBe(key);
    expect(await later.bound("OPENAI_API_KEY")).toEqual({ value: key, origin });
    expect(await later.get("HUGGINGFACE_API_TOKEN")).toBe("hf_secret");
  });

  it("fall back to the environment's if none is set or it was deleted", async () => {
    const secrets = secretsOn();
    expect(await secrets.get("OPENAI_API_KEY")).toBe("sk-of-the-environment");
    expect(await secrets.bound("OPENAI_API_KEY")).toBeNull();
    await secrets.set("OPENAI_API_KEY", { value: key, origin });
    await secrets.set("OPENAI_API_KEY", null);
    expect(await secrets.get("OPENAI_API_KEY")).toBe("sk-of-the-environment");
    expect(await secrets.get("HUGGINGFACE_API_TOKEN")).toBeNull();
  });

  it("are both stored when two are set concurrently", async () => {
    const secrets = secretsOn();
    await Promise.all([
      secrets.set("OPENAI_API_KEY", { value: key, origin }),
      secrets.set("HUGGINGFACE_API_TOKEN", { value: "hf", origin }),
    ]);
    expect(await secrets.get("OPENAI_API_KEY")).toBe(key);
    expect(await secrets.get("HUGGINGFACE_API_TOKEN")).toBe("hf");
  });

  it("are stored and reported as readable if the system has no key store", async () => {
    const readable = secretsOn({ storageBackend: "basic_text" });
    await readable.set("OPENAI_API_KEY", { value: key, origin });
    expect(await readable.get("OPENAI_API_KEY")).toBe(key);
    expect(await secretsOn({ storageBackend: "basic_text" }).storage()).toBe("plain-text");
    expect(await secretsOn({ storageBackend: "gnome_libsecret" }).storage()).toBe("system");
    expect(await secretsOn({ storageBackend: "basic_text" }, "darwin").storage()).toBe("system");
  });

  it("are not written if encryption is unavailable", async () => {
    const set = secretsOn({ canEncrypt: false }).set("OPENAI_API_KEY", { value: key, origin });
    await expect(set).rejects.toMatchObject({ code: "missing", hint: expect.any(String) });
    await expect(stat(file())).rejects.toThrow("ENOENT");
  });

  it("encrypted by another machine fail without revealing the key", async () => {
    await secretsOn().set("OPENAI_API_KEY", { value: key, origin });
    const encrypted = Buffer.from(`not json ${key}`).map((byte) => byte ^ 0x5a);
    await writeFile(file(), JSON.stringify({ OPENAI_API_KEY: Buffer.from(encrypted).toString("base64") }));
    const error = await secretsOn()
      .get("OPENAI_API_KEY")
      .catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: "bad-value" });
    expect(
      JSON.stringify(error) + String((error as Error).stack) + String((error as Error).cause),
    ).not.toContain(key);
  });
});
