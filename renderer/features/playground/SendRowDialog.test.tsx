// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../shared/domain/failure.ts";
import { draw, type Host } from "../../testing/screen.tsx";
import { SendRowDialog } from "./SendRowDialog.tsx";

const names = ["crumb-rise", "loaf-lane", "sourdawn", "crustcorner", "goldenloaf"];
const file = "/study/data/dataset_v1.csv";
const listed = [{ file, name: "dataset_v1.csv", kind: "dataset" }];

function dialog(row = { description: "A bakery", names }, host: Host = {}) {
  const edits: { command: { rows: string[][] } }[] = [];
  let closes = 0;
  draw(
    <SendRowDialog
      row={row}
      onClose={() => {
        closes += 1;
      }}
    />,
    {
      host: {
        "dataset.list": () => listed,
        "dataset.document.open": () => ({
          header: ["label", "description", "suggestions"],
          name: "dataset_v1.csv",
          state: { revision: 4 },
        }),
        "dataset.document.edit": (edit: (typeof edits)[number]) => {
          edits.push(edit);
        },
        ...host,
      },
    },
  );
  return { edits, closes: () => closes };
}
const add = () => screen.getByRole("button", { name: /^Add/ }) as HTMLButtonElement;
const ready = () => waitFor(() => expect(add().disabled).toBe(false));
const namesField = () => screen.getByRole("textbox", { name: /Names/ });

describe("SendRowDialog", () => {
  it("appends the row to the dataset with each cell in its column, and closes", async () => {
    const { edits, closes } = dialog();
    await ready();
    fireEvent.click(add());
    await waitFor(() => expect(closes()).toBe(1));
    expect(edits).toMatchObject([{ file, baseRevision: 4, command: { kind: "add-rows", after: null } }]);
    const [cells = []] = edits[0]?.command.rows ?? [];
    expect(cells.slice(0, 2)).toEqual(["", "A bakery"]);
    expect(JSON.parse(cells[2] ?? "")).toEqual(names);
  });

  it("adds a refusal as an empty list", async () => {
    const { edits } = dialog();
    await ready();
    fireEvent.click(screen.getByRole("checkbox"));
    expect(screen.queryByRole("textbox", { name: /Names/ })).toBeNull();
    fireEvent.click(add());
    await waitFor(() => expect(edits).toHaveLength(1));
    expect(edits[0]?.command.rows[0]?.[2]).toBe("[]");
  });

  it("disables adding a row without names or a description, and explains why", async () => {
    dialog();
    await ready();
    fireEvent.change(namesField(), { target: { value: " \n " } });
    expect(add().disabled).toBe(true);
    expect(screen.getByRole("status").textContent).toContain("five");
    fireEvent.change(namesField(), { target: { value: names.join("\n") } });
    expect(add().disabled).toBe(false);
    fireEvent.change(screen.getByRole("textbox", { name: "Description" }), { target: { value: "  " } });
    expect(add().disabled).toBe(true);
  });

  it("stays open and keeps the input when adding the row fails", async () => {
    const { closes } = dialog(undefined, {
      "dataset.document.edit": () => {
        throw new Failure("conflict", "the file changed");
      },
    });
    await ready();
    fireEvent.click(add());
    expect((await screen.findByRole("alert")).textContent).toContain("The file changed");
    expect(closes()).toBe(0);
    expect((namesField() as HTMLTextAreaElement).value).toBe(names.join("\n"));
  });

  it("links to the datasets when the workspace has none", async () => {
    dialog(undefined, { "dataset.list": () => [] });
    const link = await screen.findByRole("link");
    expect(link.getAttribute("href")).toBe("/w/one/datasets");
    expect(add().disabled).toBe(true);
  });
});
