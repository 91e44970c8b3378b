// Setup file of the unit tests: a test that starts a process fails. It belongs in a file named `*.integration.test.*`.
import childProcess, { ChildProcess } from "node:child_process";
import { syncBuiltinESMExports } from "node:module";
import { afterEach } from "vitest";

/** Programs that report a process's start time on systems other than Linux; see `processIdentity.mjs`. */
const questions = ["ps", "powershell"];
/** Starts that were refused in this test. Unit tests share one global scope, and each file runs this setup. */
globalThis.refusedStarts ??= guard();
const refused = globalThis.refusedStarts;

/** Makes every start of a process throw, and returns the list of refused commands: the code under test may catch the error. */
function guard() {
  const starts = [];
  const refuse = (command) => {
    starts.push(String(command));
    throw new Error(`a unit test must not start a process: ${command}`);
  };
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
  return starts;
}

afterEach(() => {
  const [command] = refused.splice(0);
  if (command !== undefined)
    throw new Error(`${command} was started: name the file *.integration.test.*, or start nothing`);
});
