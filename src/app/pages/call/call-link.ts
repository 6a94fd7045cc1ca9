/** The link to a call. The code is the fragment, which browsers don't send to any server. */
export const callLink = (origin: string, code: string): string => `${origin}/call#${code}`;
