import { useState } from "react";
import type { IncomingFile } from "../../../ui/fileDrops.ts";

/** A CSV file to import. */
export interface ImportSource extends IncomingFile {
  readonly key: string;
}

/** Holds the queue of files to import, one after the other. */
export function useImports() {
  const [imports, setImports] = useState<{ waiting: readonly ImportSource[]; count: number }>({
    waiting: [],
    count: 0,
  });
  return {
    waiting: imports.waiting,
    add: (files: readonly IncomingFile[]) =>
      setImports(({ waiting, count }) => ({
        waiting: [...waiting, ...files.map((file, at) => ({ ...file, key: `import-${count + at}` }))],
        count: count + files.length,
      })),
    next: () => setImports(({ waiting, count }) => ({ waiting: waiting.slice(1), count })),
    clear: () => setImports(({ count }) => ({ waiting: [], count })),
  };
}
