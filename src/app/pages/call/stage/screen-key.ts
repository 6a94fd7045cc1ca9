/** Names a screen on the stage, beside the session of the member who shares it. */
export const screenKey = (session: string): string => `screen ${session}`;
