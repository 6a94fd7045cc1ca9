/** The link to a lobby. The code is the fragment, which browsers don't send to any server. */
export const lobbyLink = (origin: string, code: string): string => `${origin}/lobby#${code}`;
