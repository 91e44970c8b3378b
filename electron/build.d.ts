/** sha256 of the sources that this bundle was built from (set by Vite); not there where the sources run as they are. */
declare const __BUILD__: string | undefined;
