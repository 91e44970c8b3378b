import { z } from "zod";

/** How many decisions the held-out rows are for. Each is taken at 0.05 / budget. */
export const LookBudgetSchema = z.number().int().min(1).max(100);
