import { Failure } from "../../../shared/domain/failure.ts";
import { scaleOf } from "../../../shared/domain/metrics/side.ts";
import { validateName } from "../../../shared/domain/naming/names.ts";
import { scoreOverrideOf } from "../../../shared/domain/overrides/apply.ts";
import { explainRuleScore, ruleJudgeText } from "../../../shared/domain/rulescore/rulescore.ts";
import type { Label } from "../../../shared/schema/dataset.ts";
import type { JudgedName, RowDetail, RowRequest } from "../../../shared/schema/evaluationRows.ts";
import type { NameScore } from "../../../shared/schema/judge.ts";
import type { ResultRow } from "../../../shared/schema/result.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import { sha256 } from "../hashing/hashing.ts";
import { readFrozenLabels } from "../judge/labelFiles.ts";
import { columnLabels } from "../results/correctedResults.ts";
import type { OpenedResults } from "../results/openedResults.ts";

/** Returns one sample of a row as it counts and as it was judged. @throws Failure `bad-value` when it doesn't exist. */
export function sampleOf(opened: OpenedResults, { row, sample }: Pick<RowRequest, "row" | "sample">) {
  const at = (rows: readonly { row: number; sample: number }[]) =>
    rows.findIndex((one) => one.row === row && one.sample === sample);
  const counted = opened.rows[at(opened.rows)];
  const judged = opened.asJudged.rows[at(opened.asJudged.rows)];
  if (counted === undefined || judged === undefined) {
    throw new Failure("bad-value", `the results of ${opened.version} have no row ${row}, sample ${sample}`, {
      hint: "Rows are numbered as in the test set, from 1. Samples are numbered from 0.",
      file: opened.file,
    });
  }
  return { counted, judged };
}

/** Returns everything known about one sample of a row, with the judge's scores and the user's corrections. */
export async function rowDetail(
  files: FileLayer,
  opened: OpenedResults,
  request: RowRequest,
): Promise<RowDetail> {
  const { counted, judged } = sampleOf(opened, request);
  const { stamp } = opened.results;
  const { description } = counted;
  const frozen = (await readFrozenLabels(files, opened.from.frozenLabels)).find(
    (label) => label.description === description,
  );
  return {
    version: opened.version,
    revision: opened.revision,
    scale: scaleOf(opened.results),
    judge: stamp === null ? "another tool" : [stamp.judge.kind, stamp.judge.model ?? ""].join(" ").trim(),
    row: counted,
    group: judged.group,
    text: judged.text,
    names: namesOf(opened, judged),
    labels: {
      override: opened.corrections.labels.get(description) ?? null,
      column: await columnLabel(files, opened, judged),
      frozen: frozen ?? null,
    },
    samples: opened.rows.filter(({ row }) => row === counted.row).length,
  };
}

/** Adds the rule judge's reason, which isn't stored: it follows from the name and the same rules that scored it. */
function withReason({ results }: OpenedResults, judged: ResultRow, score: NameScore): NameScore {
  const judge = results.stamp?.judge;
  if (judge?.kind !== "rule" || judge.rubric !== sha256(ruleJudgeText)) return score;
  return { ...score, reason: explainRuleScore(judged.description, score.name) };
}

function namesOf(opened: OpenedResults, judged: ResultRow): JudgedName[] {
  const { corrections, results } = opened;
  const scale = scaleOf(results);
  return judged.names.map((name, index) => {
    const probability = judged.nameProbabilities[index] ?? null;
    const score = (judged.scores ?? []).find((one) => one.index === index);
    return {
      index,
      name,
      broken: [
        ...validateName(name).map(({ message }) => message),
        ...(judged.names.indexOf(name) === index ? [] : ["the same name appears above"]),
      ],
      probability: probability?.probability ?? null,
      perToken: probability?.perToken ?? null,
      judged: score === undefined ? null : withReason(opened, judged, score),
      override: scoreOverrideOf(corrections, judged.description, name, scale),
    };
  });
}

/** Returns the label in the test set's column, or in the file itself when it is in the study's format. */
async function columnLabel(
  files: FileLayer,
  { from, results }: OpenedResults,
  judged: ResultRow,
): Promise<Label | null> {
  if (results.stamp === null) return judged.label;
  const labels = await columnLabels(files, from.testSet);
  if (labels === null) return judged.labelSource === "column" ? judged.label : null;
  return labels.get(judged.description) ?? null;
}
