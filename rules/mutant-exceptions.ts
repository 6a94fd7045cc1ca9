/** Conditions of firestore.rules whose weakening no attack can notice, and why. */
export interface MutantException {
  /** Functions, or collections with methods, that the condition stands in. */
  readonly within: RegExp;
  /** The condition as it stands in the rules, white space collapsed. */
  readonly condition: RegExp;
  /** What stands in its place; `true` when not given. */
  readonly instead?: RegExp;
  readonly why: string;
}

export const mutantExceptions: readonly MutantException[] = [
  {
    within: /./,
    condition: /^(exists|existsAfter)\(\w+\([^)]*\)\)$/,
    why: 'What follows fetches the same document, and fetching a missing one is an error, which refuses.',
  },
  {
    within: /^(calls|seats|links|offerCandidates|answerCandidates|lobbies|people|rings) /,
    condition: /^signedIn\(\)$/,
    why: 'What follows asks for the uid, which is an error without signing in, and an error refuses.',
  },
  {
    within: /^links get$/,
    condition: /^resource != null$/,
    why: 'Looking into a missing document is an error, and an alternative that is an error counts as false.',
  },
  {
    within: /^(links create|isBatch|isNewRing)$/,
    condition: /\.(revision|shard) is int$/,
    why: 'What follows compares it with an integer: only a whole float gets by, which clients read as that integer.',
  },
  {
    within: /^(hasExactly|isShard)$/,
    condition: /^data\.keys\(\)\.hasAll\([^)]*\)$/,
    why: 'Each caller looks at every key, and looking at a missing one is an error, which refuses.',
  },
  {
    within: /^isAhead$/,
    condition: /^time is timestamp$/,
    why: 'Comparing anything else with a time is an error, which refuses.',
  },
  {
    within: /^isListedAfter$/,
    condition: /^uid\(\) in peopleAfter\(\)$/,
    why: 'It is used negated alone, so that true refuses more.',
  },
  {
    within: /^isReachable$/,
    condition: /^entry != null$/,
    why: 'Looking into null is an error, which refuses.',
  },
  {
    within: /^isNewRing$/,
    condition: /^ring\.to is string$/,
    why: 'The id of the ring is made of it, and making it of anything else is an error, which refuses.',
  },
  {
    within: /^isNewRing$/,
    condition: /^ringId\.split/,
    instead: /<=/,
    why: 'The id has a separator in any case, so that its parts are never fewer than two.',
  },
  {
    within: /^(isMySeat|isAnswer)$/,
    condition: /(session|answeredBy) is string$/,
    why: 'Only strings have `matches`: for anything else it is an error, which refuses.',
  },
  {
    within: /^(isLeased|isReachable)$/,
    condition: /\.lease > request\.time$/,
    instead: />=/,
    why: 'The two differ in one instant, which no request can be made to meet.',
  },
];
