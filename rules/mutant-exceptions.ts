/** Conditions of firestore.rules whose weakening no attack can notice, and why. */
export interface MutantException {
  /** The functions, or collections with methods, that contain the condition. */
  readonly within: RegExp;
  /** The condition as it is in the rules, with white space collapsed. */
  readonly condition: RegExp;
  /** The replacement; `true` by default. */
  readonly instead?: RegExp;
  readonly why: string;
}

export const mutantExceptions: readonly MutantException[] = [
  {
    within: /./,
    condition: /^(exists|existsAfter)\(\w+\((\w+\(\)|[^()]*)\)\)$/,
    why: 'The next operand fetches the same document. Fetching a missing one is an error, which refuses the request.',
  },
  {
    within: /^(calls|seats|guests|links|offerCandidates|answerCandidates|lobbies|people|rings) /,
    condition: /^signedIn\(\)$/,
    why: 'The next operand reads the uid, which is an error without sign-in, and an error refuses the request.',
  },
  {
    within: /^links get$/,
    condition: /^resource != null$/,
    why: 'Reading a missing document is an error, and an alternative that is an error counts as false.',
  },
  {
    within: /^isBefore$/,
    condition: /^resource != null$/,
    why: 'Reading a missing document is an error, which refuses the request.',
  },
  {
    within: /^mayEnter$/,
    condition: /^call\.open$/,
    instead: /^false$/,
    why: 'Only people who were admitted could enter an open call then, which refuses more.',
  },
  {
    within: /^isHeldAfter$/,
    condition: /^existsAfter/,
    instead: /^false$/,
    why: 'Every new host must hold a seat by this function, so that false refuses each of them.',
  },
  {
    within: /^isDecision$/,
    condition: /^data\.state == 'admitted'$/,
    instead: /^false$/,
    why: 'Only a person who waits could be admitted then, which refuses more.',
  },
  {
    within: /^(links create|isBatch|isNewRing)$/,
    condition: /\.(revision|shard) is int$/,
    why: 'The next operand compares it with an integer: only a whole float passes, which clients read as that integer.',
  },
  {
    within: /^(hasExactly|isShard)$/,
    condition: /^data\.keys\(\)\.hasAll\([^)]*\)$/,
    why: 'Each caller reads every key, and reading a missing one is an error, which refuses the request.',
  },
  {
    within: /^isAhead$/,
    condition: /^time is timestamp$/,
    why: 'Comparing anything else with a time is an error, which refuses the request.',
  },
  {
    within: /^isListedAfter$/,
    condition: /^uid\(\) in peopleAfter\(\)$/,
    why: 'It is only used negated, so that true refuses more.',
  },
  {
    within: /^isReachable$/,
    condition: /^entry != null$/,
    why: 'Reading a field of null is an error, which refuses the request.',
  },
  {
    within: /^isNewRing$/,
    condition: /^ring\.to is string$/,
    why: 'The id of the ring is built from it, and building it from anything else is an error, which refuses the request.',
  },
  {
    within: /^isNewRing$/,
    condition: /^ringId\.split/,
    instead: /<=/,
    why: 'The id always has a separator, so that it never has fewer than two parts.',
  },
  {
    within: /^(isMySeat|isAnswer)$/,
    condition: /(session|answeredBy) is string$/,
    why: 'Only strings have `matches`: on anything else it is an error, which refuses the request.',
  },
  {
    within: /^(isLeased|isReachable)$/,
    condition: /\.lease > request\.time$/,
    instead: />=/,
    why: 'The two differ only in one instant, which no test can hit.',
  },
];
