// Shows the progress of set-up: one updated line on a terminal, otherwise a line every 15 s.
const tty = process.stderr.isTTY === true && !process.env.CI;
const color = tty && !process.env.NO_COLOR;
const quietMs = 15_000;

/** @param {string} code @param {string} text */
const paint = (code, text) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);

/** Formats the time since a value of `Date.now()`: "3.2 s", "2 min 5 s". */
export function elapsed(begunMs, nowMs = Date.now()) {
  const seconds = (nowMs - begunMs) / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Prints a line to stderr. stdout is reserved for the program that runs after set-up. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Runs one named step of set-up and shows its progress.
 * @template T
 * @param {string} name
 * @param {(show: {progress: (text: string) => void, note: (text: string) => void}) => Promise<T>} work
 * @param {(result: T) => string} [outcome]  returns the text to show at the end
 * @returns {Promise<T>}
 */
export async function step(name, work, outcome = () => "") {
  const begun = Date.now();
  let last = "";
  let printed = Date.now();
  const draw = () => {
    if (tty) {
      const line = `  … ${name}: ${last} (${elapsed(begun)})`;
      process.stderr.write(`\r\u001b[K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
    } else if (Date.now() - printed >= quietMs) {
      printed = Date.now();
      say(`  … ${name}: ${last} (${elapsed(begun)})`);
    }
  };
  const clear = () => tty && process.stderr.write("\r\u001b[K");
  const progress = (text) => {
    last = text;
  };
  const note = (text) => {
    clear();
    say(`    ${text}`);
  };
  const clock = setInterval(draw, tty ? 200 : 1000);
  try {
    const result = await work({ progress, note });
    clear();
    const said = outcome(result);
    say(`  ${paint("32", "✓")} ${name}${said ? `: ${said}` : ""} ${paint("2", `(${elapsed(begun)})`)}`);
    return result;
  } catch (error) {
    clear();
    say(`  ${paint("31", "✗")} ${name}`);
    throw error;
  } finally {
    clearInterval(clock);
  }
}

/** Prints why set-up failed, with the tool's output, and what to do. Returns the exit code. */
export function sayFailure(error) {
  if (error?.name !== "SetupFailure") {
    say(`\nSet-up failed. This is a defect in Namewright:\n${error?.stack ?? error}`);
    return 70;
  }
  say(`\n${paint("31", "Set-up failed:")} ${error.message}`);
  for (const line of error.lines) say(`    ${line}`);
  say(`  What to do: ${error.hint}`);
  return 4;
}
