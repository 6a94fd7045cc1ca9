/** Shortest time between two sounds, in ms. */
const PAUSE = 2_000;
/** More events than this within `FLOOD_TIME` are a flood, and have no sound until it has ebbed. */
const FLOOD = 5;
const FLOOD_TIME = 10_000;

/** The events that could have had a sound, and when one last had, in ms. */
export interface SoundPace {
  readonly events: readonly number[];
  readonly played: number;
  /** Whether the last event has a sound. */
  readonly plays: boolean;
}

export const silence: SoundPace = { events: [], played: -Infinity, plays: false };

/** After an event at `now`, in ms by a monotonic clock. */
export const sounding = ({ events, played }: SoundPace, now: number): SoundPace => {
  const recent = [...events.filter((at) => now - at < FLOOD_TIME), now].slice(-FLOOD - 1);
  const plays = recent.length <= FLOOD && now - played >= PAUSE;
  return { events: recent, played: plays ? now : played, plays };
};
