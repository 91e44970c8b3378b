// Writes a large dataset of made-up rows, for tests at 300 MB.
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";

/**
 * Writes rows of made-up words until the file has the requested size. Every fifth row is a refusal, others have five names.
 * @returns {Promise<number>} the number of rows
 */
export async function writeLargeCsv(file, fileBytes) {
  const out = createWriteStream(file);
  const vocabulary = Array.from({ length: 8000 }, (_, at) => (at * 104_729 + 7919).toString(36));
  let seed = 1;
  const word = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return vocabulary[Math.floor((seed / 2 ** 32) * vocabulary.length)];
  };
  let bytes = 0;
  let row = 0;
  const put = async (text) => {
    bytes += text.length;
    if (!out.write(text)) await new Promise((resolve) => out.once("drain", resolve));
  };
  await put("description,suggestions\n");
  while (bytes < fileBytes) {
    row += 1;
    const description = Array.from({ length: 15 }, word).join(" ");
    const names = Array.from({ length: 5 }, (_, at) => `${word()}-${row.toString(36)}${at}`);
    const cell = row % 5 === 0 ? "[]" : `"${JSON.stringify(names).replaceAll('"', '""')}"`;
    await put(`"${description}, né",${cell}\n`);
  }
  out.end();
  await finished(out);
  return row;
}
