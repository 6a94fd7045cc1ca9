/** Time between two decisions, in ms, as in Volfin and Cohen, "Dominant speaker identification" (2013). */
export const DECIDE_EVERY = 300;
/** Minimum time for which a speaker stays the active one while they send sound, in ms. */
export const DWELL = 2_000;

/** Levels in dB relative to full scale (RFC 6464, section 3). */
const SILENT = -100;
/** The quietest speech. */
const QUIETEST = -50;
/** How far speech is above the noise of a room. */
const ABOVE_NOISE = 8;
/** The loudest sound that can count as noise: a speaker who never pauses stays a speaker. */
const LOUDEST_NOISE = -35;
/** The loudest noise to assume of a member who was just heard for the first time. */
const FIRST_NOISE = -45;
/** How fast the estimate of the noise rises, per reading: about 15 dB in 10 s, while pauses in speech let it fall at once. */
const NOISE_RISE = 0.45;
/** How much louder, on average, a second person must be to take over from one who still speaks, in dB. */
const LOUDER = 6;
/** Weight of the newest reading in the average: most of it is from the last second. */
const NEWEST = 0.25;

/** What is known of one member's sound. */
interface Voice {
  /** Estimated noise of their room, in dB. */
  readonly noise: number;
  /** Average level, in dB, not below `QUIETEST`. */
  readonly average: number;
  /** Which of the latest five readings were above the noise; the newest is the lowest bit. */
  readonly loud: number;
  readonly speaks: boolean;
}

/** Who speaks, by the levels so far. Sessions name members. */
export interface ActiveSpeaker {
  /**
   * The member who has the floor. Silence doesn't change it. Null while no member has spoken, and after the speaker muted or
   * left until another speaks.
   */
  readonly speaker: string | null;
  /** When the member became the speaker, in ms. */
  readonly since: number;
  readonly voices: ReadonlyMap<string, Voice>;
}

/** A reading of everyone's sound. */
export interface Reading {
  /** When it was taken, by `elapsed`, in ms. */
  readonly at: number;
  /** The level of each member, 0…1 of full scale; null while they are muted or their level is unknown. */
  readonly levels: ReadonlyMap<string, number | null>;
}

export const SILENCE: ActiveSpeaker = { speaker: null, since: -Infinity, voices: new Map() };

/** The members who speak at present. */
export const speakingIn = ({ voices }: ActiveSpeaker): readonly string[] =>
  [...voices].flatMap(([session, { speaks }]) => (speaks ? [session] : []));

/**
 * Decides who speaks, once every `DECIDE_EVERY`. A member who speaks for about a second becomes the speaker if the present one is
 * silent, or is clearly quieter; sounds shorter than 600 ms never count. Two changes are at least `DWELL` apart, except
 * that a speaker who mutes or leaves ends at once.
 */
export const nextSpeaker = (before: ActiveSpeaker, { at, levels }: Reading): ActiveSpeaker => {
  const voices = new Map<string, Voice>();
  for (const [session, level] of levels) {
    if (level !== null) voices.set(session, nextVoice(before.voices.get(session), level));
  }
  const present = before.speaker === null ? undefined : voices.get(before.speaker);
  const [session, voice] =
    [...voices]
      .filter(([other, { speaks, loud }]) => other !== before.speaker && speaks && count(loud) >= 3)
      .toSorted(([, a], [, b]) => b.average - a.average)[0] ?? [];
  const isFree =
    present === undefined ||
    (at - before.since >= DWELL &&
      (!present.speaks || (voice !== undefined && voice.average > present.average + LOUDER)));
  if (session !== undefined && isFree) return { speaker: session, since: at, voices };
  return { ...before, speaker: present ? before.speaker : null, voices };
};

const nextVoice = (before: Voice | undefined, level: number): Voice => {
  const decibels = level > 0 ? Math.max(SILENT, 20 * Math.log10(level)) : SILENT;
  const risen = before ? Math.min(before.noise + NOISE_RISE, LOUDEST_NOISE) : FIRST_NOISE;
  const noise = Math.max(QUIETEST - ABOVE_NOISE, Math.min(decibels, risen));
  const isLoud = decibels > noise + ABOVE_NOISE;
  const loud = (((before?.loud ?? 0) << 1) | Number(isLoud)) & 0b11111;
  const heard = Math.max(QUIETEST, decibels);
  const average = (before?.average ?? QUIETEST) * (1 - NEWEST) + heard * NEWEST;
  // People pause between words, so speech begins with two of three readings, and ends after four quiet ones.
  const speaks = count(loud & 0b111) >= 2 || (before?.speaks === true && (loud & 0b1111) !== 0);
  return { noise, average, loud, speaks };
};

const count = (bits: number): number => [1, 2, 4, 8, 16].filter((bit) => bits & bit).length;
