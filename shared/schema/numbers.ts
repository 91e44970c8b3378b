import { z } from "zod";

/** A whole number from 0. */
export const Count = z.number().int().nonnegative();

/** A number of rows, or a sum of shares of rows where each is averaged over the seeds of a version. */
export const RowSum = z.number().nonnegative();

/** A whole number from 1. */
export const Positive = z.number().int().positive();

/** A share, probability or score, 0–1. */
export const Unit = z.number().min(0).max(1);
