// The table at the end of a rehearsal, and which promises held.

/**
 * One stage of a rehearsal. Bytes and seconds; null: not measured or not promised.
 * @typedef {object} Stage
 * @property {string} name
 * @property {number | null} seconds
 * @property {number | null} [promisedSeconds]
 * @property {number | null} resident  peak of the process that does the work
 * @property {number | null} [accelerator]  peak of the accelerator's memory
 * @property {{bytes: number, kind: "about" | "at most", of: "resident" | "accelerator"} | null} [promised]
 * @property {string} [note]
 * @property {"done" | "failed" | "skipped"} outcome
 */

/** How far a promise may be off. */
const tolerance = 0.15;

/**
 * Returns how far the measured memory is from the promised (0.1: 10 % more than promised), and whether the promise held.
 * @param {Stage} stage
 * @returns {{off: number, held: boolean} | null} null without a promise or a measurement
 */
export function promiseOf({ promised, resident, accelerator }) {
  if (!promised) return null;
  const measured = promised.of === "resident" ? resident : accelerator;
  if (measured === null || measured === undefined) return null;
  const off = measured / promised.bytes - 1;
  return { off, held: promised.kind === "at most" ? off <= 0 : Math.abs(off) <= tolerance };
}

/** Returns how far the measured time is from the promised; null without a promise or a measurement. */
function timePromiseOf({ seconds, promisedSeconds }) {
  if (seconds === null || promisedSeconds === null || promisedSeconds === undefined) return null;
  const off = seconds / promisedSeconds - 1;
  return { off, held: Math.abs(off) <= tolerance };
}

/** Returns whether every stage ended well and kept its promises. */
export function isSuccess(stages) {
  const held = (stage) => [promiseOf(stage), timePromiseOf(stage)].every((found) => found?.held !== false);
  return stages.every((stage) => stage.outcome !== "failed" && held(stage));
}

const gigabytes = (bytes) => (bytes === null || bytes === undefined ? "–" : `${(bytes / 1e9).toFixed(2)} GB`);
const seconds = (value) => (value === null ? "–" : `${value.toFixed(value < 10 ? 1 : 0)} s`);

function offText(found) {
  if (found === null) return "–";
  const percent = `${found.off < 0 ? "−" : "+"}${Math.abs(found.off * 100).toFixed(0)} %`;
  return found.held ? percent : `BROKEN (${percent})`;
}

function promiseText(stage) {
  const found = promiseOf(stage);
  return found?.held && stage.promised.kind === "at most" ? "kept" : offText(found);
}

/** Formats the stages as a Markdown table. */
export function stageTable(stages) {
  const head = [
    "Stage",
    "Time",
    "Promised time",
    "Difference",
    "Peak memory",
    "Accelerator",
    "Promised memory",
    "Difference",
    "Result",
  ];
  const rows = stages.map((stage) => {
    const { name, outcome, note, promised } = stage;
    const promisedText = promised
      ? `${promised.kind === "at most" ? "≤ " : ""}${gigabytes(promised.bytes)}`
      : "–";
    return [
      name,
      seconds(stage.seconds),
      seconds(stage.promisedSeconds ?? null),
      offText(timePromiseOf(stage)),
      gigabytes(stage.resident),
      gigabytes(stage.accelerator),
      promisedText,
      promiseText(stage),
      note === undefined
        ? outcome
        : `${outcome}: ${note.replaceAll(/\s*\n\s*/g, " ").replaceAll("|", "\\|")}`,
    ];
  });
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
