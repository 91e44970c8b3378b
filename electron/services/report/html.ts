/** Markup that is safe to insert into a page unescaped. Only `html` and `trusted` create it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A value for a hole of `html`: text is escaped, markup isn't, lists are joined. */
export type Hole = string | number | Markup | readonly Markup[];

// HTML doesn't allow these characters, escaped or not.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(control, "\ufffd").replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

function holeText(hole: Hole): string {
  if (hole instanceof Markup) return hole.text;
  if (typeof hole === "object") return hole.map(({ text }) => text).join("");
  return escaped(String(hole));
}

/** Builds markup from a template. Holes are escaped unless they are markup. */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  return new Markup(parts.reduce((page, part, index) => page + holeText(holes[index - 1] ?? "") + part));
}

/** Marks our own SVG or style sheet as safe. Never use it for text from outside. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

export const nothing = new Markup("");

/** A column of a table. `align` "right" lines up numbers. */
export interface Column<Row> {
  readonly title: string;
  readonly align?: "right";
  readonly value: (row: Row) => Hole;
}

/** Renders a table whose first column names its rows. Wide tables scroll horizontally. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Markup {
  if (rows.length === 0) return nothing;
  const aligned = ({ align }: Column<Row>): Markup => trusted(align === "right" ? ' class="figure"' : "");
  const cells = (row: Row): Markup[] =>
    columns.map((column, index) =>
      index === 0
        ? html`<th scope="row"${aligned(column)}>${column.value(row)}</th>`
        : html`<td${aligned(column)}>${column.value(row)}</td>`,
    );
  return html`<div class="table" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${aligned(column)}>${column.title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody>
</table></div>
`;
}
