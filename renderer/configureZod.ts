import { z } from "zod";

// Set before any schema is created: zod would otherwise try `new Function`, which the content security policy reports.
z.config({ jitless: true });
