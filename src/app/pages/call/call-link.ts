/** The link that leads into a call. The code is the fragment, which browsers send to no server. */
export const callLink = (origin: string, code: string): string => `${origin}/call#${code}`;
