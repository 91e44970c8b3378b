import { existsSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { homedir } from "node:os";
import { environmentsFolder, userDataFolder } from "../environment/folders.mjs";

/** Creates a data folder that shares only the Python environments of this machine's own. */
export async function makeUserData(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { env, platform } = process;
  const environments = environmentsFolder(userDataFolder({ env, platform, home: homedir() }));
  if (existsSync(environments)) await symlink(environments, environmentsFolder(folder));
}
