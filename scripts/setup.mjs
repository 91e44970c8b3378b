// Sets up everything that demo, start and test need, on a machine with Node ≥ 20.19, npm and Python ≥ 3.10. Uses only
// Node's built-in modules, because nothing is installed yet. A second run only checks and takes about a second.
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureEnvironment } from "../electron/services/environment/build.mjs";
import { userDataFolder } from "../electron/services/environment/folders.mjs";
import { ensureSmollm2 } from "../electron/services/environment/smollm2.mjs";
import { ensureBundles } from "./lib/bundles.mjs";
import { ensurePackages, modernNode, requireNode } from "./lib/packages.mjs";
import { elapsed, say, sayFailure, step } from "./lib/report.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Installs the npm packages of the lockfile. Returns the path of a Node ≥ 22.18. */
export async function setUpPackages() {
  requireNode();
  await step(
    "npm packages",
    (show) => ensurePackages(root, show),
    (state) => (state === "installed" ? "installed from the lockfile" : "up to date"),
  );
  return modernNode(root);
}

/** Builds our Python environment. Returns the path of its interpreter. */
export async function setUpPython() {
  const machine = { env: process.env, platform: process.platform, home: homedir() };
  const userData = userDataFolder(machine);
  const requirementsFile = path.join(root, "resources", "requirements.txt");
  const { environment } = await step(
    "Python environment",
    ({ progress, note }) =>
      ensureEnvironment({ machine, userData, requirementsFile, onProgress: progress, onNote: note }),
    ({ environment: { folder, stamp }, built }) =>
      `${built ? "built" : "up to date"}, Python ${stamp.python}, torch ${stamp.torch}, ${folder}`,
  );
  return environment.python;
}

/**
 * Adds SmolLM2, the base of the demo, to this machine. Everything else works without it, so a failure is only reported.
 * @param {string} python  the environment's interpreter
 */
async function setUpSmollm2(python) {
  const userData = userDataFolder({ env: process.env, platform: process.platform, home: homedir() });
  const places = { userData, resources: path.join(root, "resources"), python };
  try {
    await step(
      "SmolLM2",
      ({ progress, note }) => ensureSmollm2(places, { onProgress: progress, onNote: note }),
      ({ folder, made }) => `${made ? "added" : "up to date"}, ${folder}`,
    );
  } catch (error) {
    if (error?.name !== "SetupFailure") throw error;
    say(`    ${error.message}. The demo uses the tiny base model instead. To try again: npm run setup`);
  }
}

/**
 * Builds the bundles in out/. A clone also runs from its sources, so a failed build is reported but doesn't stop set-up.
 * @returns {Promise<boolean>} whether the bundles are up to date
 */
export async function setUpBundles(node) {
  try {
    await step(
      "bundles",
      (show) => ensureBundles(root, node, show),
      (state) => (state === "built" ? "built into out/" : "up to date"),
    );
    return true;
  } catch (error) {
    sayFailure(error);
    say("  The terminal runs from its sources. Figures and screens need the bundles.");
    return false;
  }
}

/** Runs all steps. Returns the interpreters that the scripts use, and whether the bundles were built. */
export async function setUp() {
  const begun = Date.now();
  say("Namewright: set-up");
  const node = await setUpPackages();
  const python = await setUpPython();
  await setUpSmollm2(python);
  const bundled = await setUpBundles(node);
  say(`Set-up is complete${bundled ? "" : ", except for the bundles"} (${elapsed(begun)}).\n`);
  return { node, python, bundled };
}

/** Runs set-up and then a script. Reports a failure and sets the exit code. */
export async function afterSetUp(work) {
  try {
    process.exitCode = await work(await setUp());
  } catch (error) {
    process.exitCode = sayFailure(error);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await afterSetUp(async ({ bundled }) => (bundled ? 0 : 1));
