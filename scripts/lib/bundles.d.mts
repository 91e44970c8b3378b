/** Returns the SHA-256 of the sources' paths and contents. */
export function sourcesHash(root: string): string;
