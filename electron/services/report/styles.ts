/** The report's style sheet: light or dark by the reader's preference, figures always on white, printable. */
export const styles = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f4f6f9; --ink: #1b2430; --muted: #56616f; --line: #d5dbe3;
  --better: #00704f; --worse: #a84a00; --open: #56616f; --tint: #eef1f5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b2028; --ground: #12161c; --ink: #e6eaf0; --muted: #a3aebd; --line: #343c49;
    --better: #43c79b; --worse: #ff9a4d; --open: #a3aebd; --tint: #252c37;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 32px 24px 64px; background: var(--ground); color: var(--ink);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums;
}
main { max-width: 1056px; margin: 0 auto; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 40px 0 12px; }
p { margin: 0 0 12px; max-width: 75ch; }
.lead, caption, .note { color: var(--muted); }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: 20px 24px; }
.card > :last-child { margin-bottom: 0; }
.card ul { margin: 0; padding-left: 20px; }
.card li { margin: 4px 0; max-width: 80ch; overflow-wrap: anywhere; }
.decision { border-left: 4px solid var(--open); }
.decision.ship { border-left-color: var(--better); }
.decision.do-not-ship { border-left-color: var(--worse); }
.decision strong { display: block; font-size: 19px; margin-bottom: 8px; }
.ship strong, .better { color: var(--better); }
.do-not-ship strong, .worse { color: var(--worse); }
figure { margin: 0 0 16px; padding: 4px; background: #ffffff; border: 1px solid var(--line); border-radius: 4px; }
figure svg { display: block; width: 100%; height: auto; max-width: 960px; margin: 0 auto; }
.table {
  overflow-x: auto; margin: 0 0 16px; background: var(--paper); border: 1px solid var(--line); border-radius: 4px;
}
.table:focus-visible, summary:focus-visible { outline: 2px solid #4f5bd5; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
caption { text-align: left; padding: 10px 12px 6px; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px; border-top: 1px solid var(--line); }
thead th { font-weight: 500; color: var(--muted); white-space: nowrap; }
tbody th { font-weight: 500; }
.figure { text-align: right; white-space: nowrap; }
code { font-family: ui-monospace, Consolas, monospace; font-size: 12px; overflow-wrap: anywhere; }
.long { display: block; min-width: 280px; max-width: 560px; overflow-wrap: anywhere; }
.name { display: block; min-width: 110px; max-width: 320px; overflow-wrap: anywhere; }
.better, .worse { white-space: nowrap; }
.differs { background: var(--tint); }
details { margin: 0 0 16px; }
summary { cursor: pointer; color: var(--muted); padding: 4px 0; }
@media (min-width: 1760px) {
  main { max-width: 1720px; }
  .pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 24px; align-items: start; }
  .pair > :only-child { grid-column: 1 / -1; }
}
@media (max-width: 640px) { body { padding: 16px 12px 40px; } .card { padding: 14px 16px; } }
@media print {
  :root {
    --paper: #ffffff; --ground: #ffffff; --ink: #000000; --muted: #444444; --line: #bbbbbb;
    --better: #00704f; --worse: #a84a00; --open: #444444; --tint: #eeeeee;
  }
  body { padding: 0; font-size: 11px; }
  main { max-width: none; }
  figure, tr, .card { break-inside: avoid; }
  h2 { break-after: avoid; }
  .table { overflow: visible; }
  table { font-size: 10px; }
  th, td { padding: 3px 6px; }
  thead th { white-space: normal; }
}
`;
