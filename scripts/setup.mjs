// Does all that demo, start and test need on a machine that has Node ≥ 20.19, npm and Python ≥ 3.10. Runs on Node's
// own modules only, since it runs before anything is installed; a second run only looks and is done in a second.
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureEnvironment } from "../electron/services/environment/build.mjs";
import { userDataFolder } from "../electron/services/environment/folders.mjs";
import { ensureBundles } from "./lib/bundles.mjs";
import { ensurePackages, modernNode, requireNode } from "./lib/packages.mjs";
import { elapsed, say, sayFailure, step } from "./lib/report.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** npm packages of the lockfile. Returns the path of a Node ≥ 22.18. */
export async function setUpPackages() {
  requireNode();
  await step(
    "npm packages",
    (show) => ensurePackages(root, show),
    (state) => (state === "installed" ? "installed from the lockfile" : "as in the lockfile"),
  );
  return modernNode(root);
}

/** The Python environment of our own. Returns the path of its interpreter. */
export async function setUpPython() {
  const machine = { env: process.env, platform: process.platform, home: homedir() };
  const userData = userDataFolder(machine);
  const requirementsFile = path.join(root, "resources", "requirements.txt");
  const { environment } = await step(
    "Python environment",
    ({ progress, note }) =>
      ensureEnvironment({ machine, userData, requirementsFile, onProgress: progress, onNote: note }),
    ({ environment: { folder, stamp }, built }) =>
      `${built ? "built" : "there"}, Python ${stamp.python}, torch ${stamp.torch}, ${folder}`,
  );
  return environment.python;
}

/**
 * Bundles in out/. A clone also runs from its sources, so that a failed build is told and does not stop the rest.
 * @returns {Promise<boolean>} whether they are there
 */
export async function setUpBundles(node) {
  try {
    await step(
      "bundles",
      (show) => ensureBundles(root, node, show),
      (state) => (state === "built" ? "built into out/" : "as the sources"),
    );
    return true;
  } catch (error) {
    sayFailure(error);
    say("  The terminal runs from its sources meanwhile; figures need the bundles.");
    return false;
  }
}

/** Everything. Returns what the scripts run with. */
export async function setUp() {
  const begun = Date.now();
  say("Namewright: set-up");
  const node = await setUpPackages();
  const python = await setUpPython();
  const bundled = await setUpBundles(node);
  say(`Set-up is ${bundled ? "complete" : "complete but for the bundles"} (${elapsed(begun)}).\n`);
  return { node, python, bundled };
}

/** Runs a script that needs set-up, and says what failed where it did. */
export async function afterSetUp(work) {
  try {
    process.exitCode = await work(await setUp());
  } catch (error) {
    process.exitCode = sayFailure(error);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await afterSetUp(async ({ bundled }) => (bundled ? 0 : 1));
