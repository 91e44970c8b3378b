import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { buildProgram } from "./program.ts";

const root = path.resolve(import.meta.dirname, "../../..");

it("messages name only commands that exist", () => {
  const program = buildProgram(async () => {}, "0");
  const known = new Map(program.commands.map((one) => [one.name(), one.commands.map((sub) => sub.name())]));
  const unknown = sources().flatMap((file) =>
    [...readFileSync(path.join(root, file), "utf8").matchAll(/`namewright ([a-z]+)(?: ([a-z][a-z-]*))?/g)]
      .filter(([, command = "", sub]) => {
        const subcommands = known.get(command);
        return subcommands === undefined || (subcommands.length > 0 && !subcommands.includes(sub ?? ""));
      })
      .map(([text]) => `${file}: ${text}`),
  );
  expect(unknown).toEqual([]);
});

/** Sources with messages. Comments in them name commands too. */
function sources(): string[] {
  return ["electron", "shared", "renderer"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .map((file) => path.join(folder, file)),
  );
}
