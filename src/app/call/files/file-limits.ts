/** What is kept in memory may be this large at most, bytes. */
export const MEMORY_LIMIT = 256 * 1024 * 1024;
