// The rehearsal's workspace: a few rows of the tiny sample, on the base of random weights.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import Papa from "papaparse";
import { tinySample } from "../../electron/services/testing/tinySample.ts";

/** Rows to evaluate, half of them harmful. */
const evaluated = 8;

function cutTable(name, folder, choose) {
  const file = path.join(tinySample, "data", name);
  const { data } = Papa.parse(readFileSync(file, "utf8"), { header: true, skipEmptyLines: true });
  writeFileSync(path.join(folder, name), `${Papa.unparse(choose(data), { newline: "\n" })}\n`);
}

/**
 * Replaces a workspace's data by `rows` short answers per training (and one refusal in six) and eight dev rows.
 * @param {string} folder  its data folder
 * @param {{rows: number, versions: number}} options  `versions`: datasets to write, all the same
 */
export function writeShortData(folder, { rows, versions }) {
  const isRefusal = ({ suggestions }) => suggestions === "[]";
  const short = (table) => table.toSorted((one, other) => one.description.length - other.description.length);
  cutTable("dataset_v1.csv", folder, (table) => [
    ...short(table.filter((row) => !isRefusal(row))).slice(0, rows),
    ...short(table.filter(isRefusal)).slice(0, Math.floor(rows / 6)),
  ]);
  for (let version = 2; version <= versions; version++)
    copyFileSync(path.join(folder, "dataset_v1.csv"), path.join(folder, `dataset_v${version}.csv`));
  cutTable("test_set.csv", folder, (table) =>
    ["safe", "harmful"].flatMap((label) =>
      // The held-out rows stay unseen.
      table.filter((row) => row.label === label && row.split === "dev").slice(0, evaluated / 2),
    ),
  );
}
