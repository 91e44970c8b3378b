import { implement } from "@orpc/server";
import { comparisonContract } from "../../shared/contract/comparison.ts";
import type { ComparisonService } from "../services/comparison/comparisonService.ts";

export function comparisonRouter(service: ComparisonService) {
  const os = implement(comparisonContract);
  return os.router({
    compare: os.compare.handler(({ input }) => service.compare(input)),
    view: os.view.handler(({ input }) => service.view(input)),
    revision: os.revision.handler(({ input }) => service.revision(input)),
    rows: os.rows.handler(({ input }) => service.rows(input)),
    saveSettings: os.saveSettings.handler(({ input }) => service.saveSettings(input)),
    openHeldout: os.openHeldout.handler(({ input }) => service.openHeldout(input)),
  });
}
