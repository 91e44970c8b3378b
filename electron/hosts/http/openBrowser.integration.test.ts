import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { openBrowser } from "./openBrowser.ts";

it.skipIf(process.platform !== "linux")(
  "hands the token over in a file of this user's, on no command line",
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "open-browser-"));
    const seen = path.join(folder, "seen");
    await writeFile(path.join(folder, "xdg-open"), `#!/bin/sh\nprintf '%s' "$*" > ${seen}\n`);
    await chmod(path.join(folder, "xdg-open"), 0o755);
    vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
    try {
      await openBrowser("http://127.0.0.1:1/#token=secret", path.join(folder, "user"));
      const words = await vi.waitFor(() => readFile(seen, "utf8"));
      expect(words).not.toContain("secret");
      expect(await readFile(words, "utf8")).toContain("url=http://127.0.0.1:1/#token=secret");
      expect((await stat(words)).mode & 0o077).toBe(0);
    } finally {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true, force: true });
    }
  },
);
