import { oc } from "@orpc/contract";
import { z } from "zod";
import { AugmentationRequestSchema, GenerationRequestSchema } from "../schema/augmentationRun.ts";
import { RunIdSchema } from "../schema/place.ts";
import {
  AcceptedSchema,
  ProposalListSchema,
  ProposalSchema,
  ReviewRequestSchema,
} from "../schema/proposals.ts";
import { RunSchema } from "../schema/run.ts";

const OfRun = z.strictObject({ run: RunIdSchema });

export const augmentationContract = {
  /**
   * Writes the next dataset from the weakest slices of a version's dev rows, or for the failing rows given; with
   * `review` it only proposes rows. Held-out rows are refused.
   */
  start: oc.input(AugmentationRequestSchema).output(RunSchema),
  /** Writes a first dataset, or a test set, by prompt. */
  generate: oc.input(GenerationRequestSchema).output(RunSchema),
  /** The rows that a run proposed, and what the user has decided of each. */
  proposals: oc.input(OfRun).output(ProposalListSchema),
  /** Accepts, edits or rejects one, or opens it again. An accepted row keeps every rule, or it is refused. */
  review: oc.input(ReviewRequestSchema).output(ProposalSchema),
  /** Writes the accepted rows into the next dataset; the review is closed then. */
  accept: oc.input(OfRun).output(AcceptedSchema),
};
