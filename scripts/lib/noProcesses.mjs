// Set-up of the unit tests: one that starts a process fails, and belongs into a file named `*.integration.test.*`.
import childProcess, { ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { afterEach } from "vitest";

/** How a system other than Linux tells when a process started; see `processStart.mjs`. */
const questions = ["ps", "powershell"];
const refused = [];

/** Throws in place of a start, and remembers it: the code under test may take the error for an expected one. */
function refuse(command) {
  refused.push(String(command));
  throw new Error(`a unit test must not start a process: ${command}`);
}

const { spawn } = ChildProcess.prototype;
ChildProcess.prototype.spawn = function (options) {
  return questions.includes(options.file) ? spawn.call(this, options) : refuse(options.args?.join(" "));
};
for (const name of ["spawnSync", "execFileSync", "execSync"]) {
  const start = childProcess[name];
  childProcess[name] = (command, ...rest) =>
    questions.includes(command) ? start(command, ...rest) : refuse(command);
}
syncBuiltinESMExports();

afterEach(() => {
  const [command] = refused.splice(0);
  if (command !== undefined)
    throw new Error(`${command} was started: name the file *.integration.test.*, or start nothing`);
});
