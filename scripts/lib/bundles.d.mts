/** sha256 over the paths and contents of what the bundles are made of. */
export function sourcesHash(root: string): string;
