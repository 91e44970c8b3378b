import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const services = fileURLToPath(new URL("..", import.meta.url));
const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
/** Without what the formatter changes. */
const bare = (text: string) => text.replaceAll(/[\s;,'"()|*]/g, "");

const declarationsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".d.mts"))
    .sort();

it("declares exactly what the plain JavaScript exports (tsc --project tsconfig.declarations.json makes it)", () => {
  const out = mkdtempSync(path.join(tmpdir(), "namewright-declarations-"));
  try {
    const config = path.join(services, "environment", "tsconfig.declarations.json");
    const words = [tsc, "--project", config, "--outDir", out];
    execFileSync(process.execPath, words, { stdio: "pipe" });
    const made = declarationsIn(out);
    expect(made).toEqual(declarationsIn(services));
    for (const name of made) {
      const [kept, fresh] = [services, out].map((place) =>
        bare(readFileSync(path.join(place, name), "utf8")),
      );
      expect(kept, name).toBe(fresh);
    }
  } finally {
    rmSync(out, { recursive: true });
  }
});
