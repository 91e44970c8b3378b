import { datasetRows } from "../../../shared/domain/dataset/read.ts";
import { requireTestSet } from "../../../shared/domain/dataset/testSet.ts";
import { Failure } from "../../../shared/domain/failure.ts";
import { type ProposedReport, ProposedReportSchema } from "../../../shared/schema/augmentation.ts";
import { type AugmentationSpec, AugmentationSpecSchema } from "../../../shared/schema/augmentationRun.ts";
import type { DatasetRow } from "../../../shared/schema/dataset.ts";
import type { Accepted, Proposal, ProposalList, ReviewRequest } from "../../../shared/schema/proposals.ts";
import type { FileLayer } from "../files/fileLayer.ts";
import type { RunService } from "../run/runService.ts";
import { assertWritable } from "../workspace/workspace.ts";
import { createAcceptRow } from "./acceptRow.ts";
import { originOf } from "./augmentationKind.ts";
import type { AugmentationServiceDependencies } from "./dependencies.ts";
import { appendReview, readAccepted, readProposals, writeAccepted } from "./proposalFiles.ts";

/** The review of proposed rows. No row enters a dataset until the user accepts it. */
export interface Proposals {
  proposals(run: string): Promise<ProposalList>;
  review(request: ReviewRequest): Promise<Proposal>;
  accept(run: string): Promise<Accepted>;
}

interface Reviewed {
  readonly folder: string;
  readonly spec: AugmentationSpec;
  readonly report: ProposedReport;
}

type ProposalsDependencies = Pick<AugmentationServiceDependencies, "files" | "workspace" | "dataset">;

/** Returns a run that proposed rows. Throws `Failure` `bad-value` for another run. */
async function reviewedRun(runs: RunService, id: string): Promise<Reviewed> {
  const { run, result } = await runs.show(id);
  const report = ProposedReportSchema.safeParse(result);
  const spec = AugmentationSpecSchema.safeParse(run.spec);
  if (report.success && spec.success) return { folder: run.folder, spec: spec.data, report: report.data };
  throw new Failure("bad-value", `run ${id} didn't propose any rows`, {
    hint:
      run.status === "succeeded"
        ? "Only an augmentation started with a review proposes rows."
        : "Wait until the run has finished.",
  });
}

async function assertReviewOpen(files: FileLayer, id: string, { folder }: Reviewed): Promise<void> {
  const accepted = await readAccepted(files, folder);
  if (accepted === null) return;
  throw new Failure(
    "bad-value",
    `the review of run ${id} is closed: its rows are in dataset_${accepted.version}`,
    {
      hint: "Edit the rows in the dataset, or generate new ones.",
    },
  );
}

/** Returns why a row can't enter the dataset with the other accepted ones; null when it can. */
async function objection(
  { files, workspace }: Pick<ProposalsDependencies, "files" | "workspace">,
  { spec }: Reviewed,
  all: readonly Proposal[],
  id: number,
  row: DatasetRow,
): Promise<string | null> {
  const file = workspace.paths.dataset(spec.previous);
  const { testSet } = workspace.paths;
  const others = all.filter((other) => other.id !== id && other.decision === "accepted");
  const accept = createAcceptRow(
    [...datasetRows(await files.read(file), file), ...others.map((other) => other.row)].map(
      ({ description }) => description,
    ),
    requireTestSet(await files.read(testSet), testSet).rows.map(({ description }) => description),
  );
  return accept(row);
}

/** Writes the accepted rows into the next dataset. Throws `Failure` when there are none, or a newer dataset exists. */
async function writeAcceptedRows(
  { files, dataset }: Pick<ProposalsDependencies, "files" | "dataset">,
  { folder, spec }: Reviewed,
): Promise<Accepted> {
  const accepted = (await readProposals(files, folder)).filter(({ decision }) => decision === "accepted");
  if (accepted.length === 0) {
    throw new Failure("check-failed", "no proposed rows have been accepted", {
      hint: "Accept at least one row. Rejected and undecided rows aren't added.",
    });
  }
  const next = await dataset.nextVersion();
  if (next.previous?.version !== spec.previous) {
    throw new Failure(
      "bad-value",
      `conflict: these rows extend dataset_${spec.previous}, but a newer dataset exists`,
      { hint: "Generate rows for the newer version's failures, or remove the newer dataset first." },
    );
  }
  const saved = await dataset.writeVersion(
    next,
    accepted.map(({ row, written, ...proposal }) => {
      const origin = originOf(spec, proposal);
      return { row, origin: written === null ? origin : { ...origin, source: "person" as const } };
    }),
    spec.inputs.previous,
  );
  const done = { version: next.version, file: saved.file, added: accepted.length, rows: saved.rows };
  await writeAccepted(files, folder, done);
  return done;
}

export function createProposals(dependencies: ProposalsDependencies, runs: RunService): Proposals {
  const { files, workspace } = dependencies;
  return {
    async proposals(id) {
      const { folder, spec, report } = await reviewedRun(runs, id);
      return {
        run: id,
        from: spec.from,
        forRows: spec.forRows,
        writer: spec.writer,
        origin: report.origin,
        previous: spec.previous,
        proposals: await readProposals(files, folder),
        groups: report.groups,
        rejected: report.rejected,
        notWritable: report.notWritable,
        missing: report.missing,
        embeddings: report.embeddings,
        accepted: await readAccepted(files, folder),
      };
    },
    async review({ run, id, decision, row }) {
      assertWritable(workspace);
      const reviewed = await reviewedRun(runs, run);
      return workspace.writing(`review row ${id} of ${run}`, async () => {
        await assertReviewOpen(files, run, reviewed);
        const all = await readProposals(files, reviewed.folder);
        const proposal = all.find((one) => one.id === id);
        if (proposal === undefined) {
          throw new Failure("bad-value", `run ${run} has no proposed row ${id}`, {
            hint: `Proposed rows are numbered from 1 to ${all.length}.`,
          });
        }
        const written = proposal.written ?? proposal.row;
        const wanted = row ?? written;
        if (decision === "accepted") {
          const reason = await objection(dependencies, reviewed, all, id, wanted);
          if (reason !== null) {
            throw new Failure("bad-value", `this row ${reason}`, {
              hint: "Edit or reject the row. Nothing was changed.",
            });
          }
        }
        const edited = row !== null && JSON.stringify(row) !== JSON.stringify(written);
        const at = new Date().toISOString();
        await appendReview(files, reviewed.folder, { id, decision, row: edited ? row : null, at });
        return { ...proposal, decision, row: wanted, written: edited ? written : null };
      });
    },
    async accept(id) {
      assertWritable(workspace);
      const reviewed = await reviewedRun(runs, id);
      await assertReviewOpen(files, id, reviewed);
      return writeAcceptedRows(dependencies, reviewed);
    },
  };
}
