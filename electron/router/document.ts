import { implement } from "@orpc/server";
import { documentContract } from "../../shared/contract/document.ts";
import type { DocumentService } from "../services/dataset/document/documentService.ts";

export function documentRouter(service: DocumentService) {
  const os = implement(documentContract);
  return os.router({
    open: os.open.handler(({ input }) => service.open(input.file)),
    watch: os.watch.handler(async function* ({ input, signal }) {
      yield* service.watch(input.file, signal);
    }),
    rows: os.rows.handler(({ input }) => service.rows(input)),
    find: os.find.handler(({ input }) => service.find(input)),
    locate: os.locate.handler(({ input }) => service.locate(input)),
    edit: os.edit.handler(({ input }) => service.edit(input)),
    save: os.save.handler(({ input }) => service.save(input)),
    discard: os.discard.handler(({ input }) => service.discard(input)),
    conflict: os.conflict.handler(({ input }) => service.conflict(input.file)),
    resolve: os.resolve.handler(({ input }) => service.resolve(input)),
    findings: os.findings.handler(({ input }) => service.findings(input)),
    neighbours: os.neighbours.handler(({ input }) => service.neighbours(input)),
    stats: os.stats.handler(({ input }) => service.stats(input.file)),
    diversity: os.diversity.handler(({ input }) => service.diversity(input.file)),
    diff: os.diff.handler(({ input }) => service.diff(input)),
  });
}
