import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyOfSample, failing, runJson, start, temporaryFolder } from "./support/namewright.ts";

let folder: string;
let remove: () => Promise<void>;
const at = (name: string) => path.join(folder, name);
const workspace = () => ({ cwd: at("study"), env: { NAMEWRIGHT_DATA_DIR: at("user data") } });

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  await mkdir(at("home"));
  await writeFile(at("home/.bashrc"), "mine");
  await copyOfSample(at("study"));
});
afterEach(() => remove());

/** Replaces something in the workspace with a link out of it. */
async function linkOut(name: string, to: string): Promise<void> {
  await rm(at(`study/${name}`), { recursive: true, force: true });
  await symlink(to, at(`study/${name}`));
}

const refused = (name: string) => ({
  exitCode: 3,
  code: "bad-value",
  message: expect.stringContaining(`${name} is a symbolic link to ${at("home")}`),
});

describe.skipIf(process.platform === "win32")("an untrusted workspace with links to outside files", () => {
  it("refuses to write results through a link before generating", async () => {
    await linkOut("data/model_v1-results.csv", "../../home/.bashrc");
    expect(await failing(["eval", "--version", "v1"], workspace())).toMatchObject(
      refused("data/model_v1-results.csv"),
    );
    expect(await readFile(at("home/.bashrc"), "utf8")).toBe("mine");
  });

  it.each([
    ["images", ["figures", "--version", "v1"]],
    ["runs", ["eval", "--version", "v1"]],
    [".namewright", ["dataset", "import", "data/dataset_v1.csv", "--as", "copy"]],
    ["models", ["train", "--version", "v1"]],
  ])(
    "refuses to write below %s",
    async (name, words) => {
      await linkOut(name, at("home"));
      expect(await failing(words, workspace())).toMatchObject(refused(name));
      expect(await readdir(at("home"))).toEqual([".bashrc"]);
    },
    120_000,
  );

  it("edits a dataset that the user names through a link", async () => {
    const text = await readFile(at("study/data/dataset_v1.csv"), "utf8");
    await writeFile(at("home/mine.csv"), `${text}"A bakery","[""Big-Bike""]"\n`);
    await linkOut("data/dataset_v1.csv", "../../home/mine.csv");
    const { written } = await runJson("dataset fix", ["data/dataset_v1.csv"], workspace());
    expect(written).toBe(true);
    expect(await readFile(at("home/mine.csv"), "utf8")).not.toContain("Big-Bike");
  });

  it("refuses files that are not regular at once", async () => {
    execFileSync("mkfifo", [at("study/data/pipe.csv")]);
    await linkOut("data/test_set.csv", "/dev/zero");
    for (const name of ["data/pipe.csv", "data/test_set.csv"])
      expect(await failing(["dataset", "lint", name], workspace())).toMatchObject({
        exitCode: 3,
        code: "bad-value",
        message: expect.stringContaining("not a file"),
      });
  });
});

it("does not recreate a workspace moved during a run, and resumes the run in the new place", async () => {
  const running = start(["eval", "--version", "v1"], workspace());
  await running.saw(/[1-9]\d*\/360 rows/);
  await rename(at("study"), at("moved"));
  const { code, stderr } = await running.ended;
  expect(code).toBe(4);
  expect(stderr).toContain(`the workspace in ${at("study")} is gone`);
  expect(await readdir(folder)).not.toContain("study");
  const moved = { ...workspace(), cwd: at("moved") };
  const { runs } = await runJson("runs list", [], moved);
  const [run] = runs.filter(({ status }) => status === "interrupted");
  await runJson("runs resume", [run?.id ?? ""], moved);
  expect((await readdir(folder)).sort()).toEqual(["home", "moved", "user data"]);
}, 240_000);
