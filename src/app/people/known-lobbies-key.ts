/** Storage key of the lobbies that this device knows: the start page looks here before it loads the rest. */
export const KNOWN_LOBBIES = 'parley.lobbies';
