import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
/** Without what the formatter changes. */
const bare = (text: string) => text.replaceAll(/[\s;,'"()|*]/g, "");

it("declares exactly what the plain JavaScript exports (tsc --project tsconfig.declarations.json makes it)", () => {
  const out = mkdtempSync(path.join(tmpdir(), "namewright-declarations-"));
  try {
    const words = [tsc, "--project", path.join(folder, "tsconfig.declarations.json"), "--outDir", out];
    execFileSync(process.execPath, words, { stdio: "pipe" });
    const made = readdirSync(out).filter((name) => name.endsWith(".d.mts"));
    expect(made.sort()).toEqual(
      readdirSync(folder)
        .filter((name) => name.endsWith(".d.mts"))
        .sort(),
    );
    for (const name of made) {
      const [kept, fresh] = [folder, out].map((place) => bare(readFileSync(path.join(place, name), "utf8")));
      expect(kept, name).toBe(fresh);
    }
  } finally {
    rmSync(out, { recursive: true });
  }
});
