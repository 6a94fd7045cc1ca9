/** The link that leads into a lobby. The code is the fragment, which browsers send to no server. */
export const lobbyLink = (origin: string, code: string): string => `${origin}/lobby#${code}`;
