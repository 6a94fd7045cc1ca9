/** Whether two lists have the same entries in the same order. */
export const isSameList = <T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (a: T, b: T) => boolean = Object.is,
): boolean => a.length === b.length && a.every((entry, index) => isSame(entry, b[index]!));
