// Copies of the finished sample for measures and screenshots, because screens log views of held-out rows in the workspace.
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { userDataFolder } from "../../electron/services/environment/folders.mjs";

/** Copies these parts of a sample, without the base. */
export function copySample(sample, folder, parts) {
  for (const part of ["namewright.json", "data", "models", ...parts])
    cpSync(path.join(sample, part), path.join(folder, part), {
      recursive: true,
      filter: (file) => path.basename(file) !== "tiny-mistral",
    });
}

/** Creates a user data folder with only the machine's Python environments, so that a start doesn't build them. */
export function makeUserData(folder) {
  mkdirSync(folder);
  const machine = userDataFolder({ env: process.env, platform: process.platform, home: homedir() });
  const python = path.join(machine, "python");
  if (existsSync(python)) symlinkSync(python, path.join(folder, "python"), "junction");
}
