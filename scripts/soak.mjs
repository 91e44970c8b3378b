// npm run soak [NAME…]: the long tests, one file each in scripts/soak/. Each exports `name` and `run({say})`, which
// throws on a failure and may return one line of figures. Exits with code 1 if any soak failed.
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("soak/", import.meta.url));
const say = (text) => process.stderr.write(`${text}\n`);

/** Returns every soak, sorted by file name. */
async function soaks() {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".mjs"))
    .sort();
  return Promise.all(files.map((file) => import(path.join(folder, file))));
}

/** Runs a soak. @returns {Promise<string>} one line of the table */
async function lineOf({ name, run }) {
  const begun = performance.now();
  const took = () => `${Math.round((performance.now() - begun) / 1000)} s`;
  say(`── ${name}`);
  try {
    const found = await run({ say: (text) => say(`   ${text}`) });
    return `| ${name} | passed | ${took()} | ${found ?? ""} |`;
  } catch (error) {
    process.exitCode = 1;
    say(error?.stack ?? String(error));
    return `| ${name} | FAILED | ${took()} | ${String(error?.message ?? error).split("\n")[0]} |`;
  }
}

const asked = process.argv.slice(2);
const all = await soaks();
const unknown = asked.filter((name) => !all.some((soak) => soak.name === name));
if (unknown.length > 0) {
  say(`soak: unknown soak ${unknown.join(", ")}; available: ${all.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}
const lines = [];
for (const soak of all) {
  if (asked.length === 0 || asked.includes(soak.name)) lines.push(await lineOf(soak));
}
process.stdout.write(["| Soak | Result | Time | Figures |", "|---|---|---|---|", ...lines, ""].join("\n"));
