import path from "node:path";
import { Failure } from "../../../shared/domain/failure.ts";
import { issueWords } from "../../../shared/domain/issueWords.ts";
import type { WrittenForSlice } from "../../../shared/schema/augmentation.ts";
import {
  type Accepted,
  AcceptedSchema,
  type Proposal,
  type ProposalReview,
  ProposalReviewSchema,
  type ProposedRow,
  ProposedRowSchema,
} from "../../../shared/schema/proposals.ts";
import type { FileLayer } from "../files/fileLayer.ts";

/** Returns the paths of a review's files in a run's folder. */
function filesOf(folder: string) {
  return {
    proposals: path.join(folder, "proposals.jsonl"),
    reviews: path.join(folder, "reviews.jsonl"),
    accepted: path.join(folder, "accepted.json"),
  } as const;
}

/** Writes the rows that a run proposes. @returns the file's path. */
export async function writeProposals(
  files: FileLayer,
  folder: string,
  rows: readonly WrittenForSlice[],
): Promise<string> {
  const { proposals } = filesOf(folder);
  const lines = rows.map((proposed, at): ProposedRow => ({ id: at + 1, ...proposed }));
  await files.writeAtomic(proposals, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return proposals;
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "");

/** Reads the proposed rows with the latest review of each. Skips review lines torn by a power cut. */
export async function readProposals(files: FileLayer, folder: string): Promise<Proposal[]> {
  const { proposals, reviews } = filesOf(folder);
  const last = new Map<number, ProposalReview>();
  if (await files.exists(reviews)) {
    for (const line of linesOf(await files.readText(reviews))) {
      const review = ProposalReviewSchema.safeParse(jsonIn(line)).data;
      if (review !== undefined) last.set(review.id, review);
    }
  }
  return linesOf(await files.readText(proposals)).map((line) => {
    const json = jsonIn(line);
    const proposed = ProposedRowSchema.safeParse(json);
    if (!proposed.success) {
      throw new Failure("bad-value", `${proposals} is damaged: ${issueWords(proposed.error, json)}`, {
        file: proposals,
        hint: "Generate the rows again.",
      });
    }
    const review = last.get(proposed.data.id);
    const { row } = proposed.data;
    return {
      ...proposed.data,
      row: review?.row ?? row,
      decision: review?.decision ?? "open",
      written: review?.row == null ? null : row,
    };
  });
}

export async function appendReview(files: FileLayer, folder: string, review: ProposalReview): Promise<void> {
  await files.appendLine(filesOf(folder).reviews, JSON.stringify(review));
}

export async function readAccepted(files: FileLayer, folder: string): Promise<Accepted | null> {
  const { accepted } = filesOf(folder);
  if (!(await files.exists(accepted))) return null;
  return AcceptedSchema.safeParse(jsonIn(await files.readText(accepted))).data ?? null;
}

export async function writeAccepted(files: FileLayer, folder: string, accepted: Accepted): Promise<void> {
  await files.writeAtomic(filesOf(folder).accepted, `${JSON.stringify(accepted, null, 2)}\n`);
}
