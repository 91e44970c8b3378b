// Computes ratios of interleaved runs: A B A B …, so that a change of the machine's speed affects both equally.

/**
 * One line of the table.
 * @typedef {object} Measure
 * @property {string} what
 * @property {string} against
 * @property {number[]} ratios  one per pair of runs
 * @property {"higher" | "lower"} better
 * @property {number} goal
 * @property {number} [aim]
 * @property {string} [note]  absolute figures, and which equality was checked
 * @property {string} [missing]  why it couldn't be measured; there are no ratios then
 */

/** Returns the median, which for an even count is the mean of the two middle values. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs `baseline` and `ours` in turn, after one unmeasured run of each, and returns the results in pairs. The order within
 * a pair alternates.
 */
export async function interleave({ pairs, warmUp = true, baseline, ours }) {
  if (warmUp) {
    await baseline();
    await ours();
  }
  const found = [];
  for (let pair = 0; pair < pairs; pair++) {
    if (pair % 2 === 0) found.push({ baseline: await baseline(), ours: await ours() });
    else {
      const second = await ours();
      found.push({ baseline: await baseline(), ours: second });
    }
  }
  return found;
}

const times = (value) => `${value.toFixed(value < 10 ? 2 : 1)}×`;

/** @param {Measure} measure */
export function verdictOf({ ratios, better, goal, aim }) {
  const value = median(ratios);
  const reached = (limit) => (better === "higher" ? value >= limit : value <= limit);
  if (aim !== undefined && reached(aim)) return "aim reached";
  return reached(goal) ? "goal reached" : "below the goal";
}

/** Formats the measures as one Markdown table. */
export function markdownTable(measures) {
  const sign = ({ better }) => (better === "higher" ? "≥" : "≤");
  const lines = measures.map((measure) => {
    const { what, against, goal, aim, ratios = [], note = "", missing } = measure;
    const limits = `${sign(measure)} ${goal}×`;
    const second = aim === undefined ? "" : `${sign(measure)} ${aim}×`;
    const figures =
      missing === undefined && ratios.length > 0
        ? [
            times(median(ratios)),
            `${times(Math.min(...ratios))} – ${times(Math.max(...ratios))}, ${ratios.length} pairs`,
            verdictOf(measure),
          ]
        : ["–", "–", `not measured: ${missing ?? "no run"}`];
    return [what, against, ...figures, limits, second, note];
  });
  const head = ["What", "Against", "Median", "Spread", "", "Goal", "Aim", "Seen"];
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
