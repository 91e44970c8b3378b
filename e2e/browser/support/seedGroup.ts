import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/** Renames a version in the stamp of its results. The sample's stamps are JSON in a column of the CSV. */
async function renameResults(from: string, to: string, version: string, name: string): Promise<void> {
  const text = await readFile(from, "utf8");
  await writeFile(to, text.replaceAll(`""version"":""${version}""`, `""version"":""${name}""`));
}

/** Renames the version of a training run in a copy of the sample. */
async function renameRun(workspace: string, version: string, name: string): Promise<void> {
  const runs = path.join(workspace, "runs");
  for (const run of await readdir(runs)) {
    if (!run.includes("-training-")) continue;
    const file = path.join(runs, run, "spec.json");
    const text = await readFile(file, "utf8");
    if (!text.includes(`"version": "${version}"`)) continue;
    await writeFile(
      file,
      text
        .replaceAll(`"version": "${version}"`, `"version": "${name}"`)
        .replace(`train ${version} `, `train ${name} `),
    );
  }
}

/** Makes v2 of a copy of the sample a group of two seeds: its own v2, and v1 as if trained on the same dataset. */
export async function makeSeedGroup(workspace: string): Promise<void> {
  const model = (version: string) => path.join(workspace, "models", `model_${version}`);
  const results = (version: string) => path.join(workspace, "data", `model_${version}-results.csv`);
  const record = async (version: string) =>
    JSON.parse(await readFile(path.join(model(version), "training.json"), "utf8")) as {
      datasetHash: string;
      spec: { datasetName: string };
    };
  const own = await record("v2");
  for (const [version, name] of [
    ["v2", "v2.1"],
    ["v1", "v2.2"],
  ] as const) {
    await cp(model(version), model(name), { recursive: true });
    const copied = await record(name);
    copied.datasetHash = own.datasetHash;
    copied.spec.datasetName = own.spec.datasetName;
    await writeFile(path.join(model(name), "training.json"), `${JSON.stringify(copied, null, 2)}\n`);
    await renameResults(results(version), results(name), version, name);
    await renameRun(workspace, version, name);
  }
  await rm(model("v2"), { recursive: true });
  await rm(results("v2"));
}
