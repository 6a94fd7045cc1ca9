/** The texts of asking to join, for guests and members, in English; see `en.ts` for how texts are used. */
export const knockEn = {
  // The guest
  heading: 'Waiting to be let in',
  sent: 'The people in the call can see that you want to join as {name}.',
  next: 'Someone in the call lets you in. Then you join right away, with your camera and microphone as they are here.',
  long: 'No one has answered yet. They may not be looking. If you can, tell them another way.',
  cancel: 'Cancel',
  guest: 'Guest',

  // The members
  asks: '{name} wants to join',
  'asks.more.one': '{name} and {count} other want to join',
  'asks.more.other': '{name} and {count} others want to join',
  list: 'Waiting to join',
  admit: 'Admit',
  'admit.name': 'Admit {name}',
  refuse: 'Refuse',
  'refuse.name': 'Refuse {name}',
  all: 'Admit all',
  show: 'Show all',
  full: 'The call is full. Someone has to leave before anyone can be let in.',
  admitted: '{name} was let in',
  refused: '{name} was turned down',
  undo: 'Let in after all',
  canJoin: '{name} can join now',
  decided: 'Someone else has already answered {name}',
  notice: 'Open Parley to let them in.',
} as const;
