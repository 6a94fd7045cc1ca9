/** Maximum size of a file kept in memory, in bytes. */
export const MEMORY_LIMIT = 256 * 1024 * 1024;
