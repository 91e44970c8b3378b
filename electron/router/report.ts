import { implement } from "@orpc/server";
import { reportContract } from "../../shared/contract/report.ts";
import type { ReportService } from "../services/report/reportService.ts";

export function reportRouter(service: ReportService) {
  const os = implement(reportContract);
  return os.router({
    figures: os.figures.handler(({ input }) => service.figures(input.version)),
    report: os.report.handler(({ input }) => service.report(input)),
  });
}
