// Quits during a run, which is stopped so that it can be resumed. With RESUME: the next start, which resumes it.
import { standIn } from "./standIn.ts";
import { startBuilt, tell, until } from "./start.ts";

const { window, page } = await startBuilt();
const { client } = await page.connect(null);
const resumed = process.env.RESUME;
if (resumed === undefined) {
  const run = await client.evaluation.start({ version: "base", judge: "rule" });
  // Far enough that some rows are finished.
  await until(() => standIn.recorder.of("window.setProgressBar").some(([share]) => Number(share) > 0));
  standIn.answers.messageBox.push(0);
  window.close();
  await until(() => standIn.app.ended !== null);
  tell({ id: run.id, folder: run.folder, ended: standIn.app.ended, awake: standIn.blockers.size });
} else {
  const before = (await client.run.show({ id: resumed })).run;
  await client.run.resume({ id: resumed });
  let done = false;
  // After the run ends, the machine may sleep again.
  await until(() => standIn.blockers.size > 0);
  await until(() => {
    done ||= standIn.blockers.size === 0;
    return done;
  });
  const { run, events } = await client.run.show({ id: resumed });
  const keys = events.flatMap(({ event }) => (event.kind === "row" ? [event.key] : []));
  window.close();
  await until(() => standIn.app.ended !== null);
  tell({ before: before.status, after: run.status, rows: keys.length, different: new Set(keys).size });
}
