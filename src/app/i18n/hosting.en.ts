/** The texts of the list of members and of what the host may do, in English; see `en.ts` for how texts are used. */
export const hostingEn = {
  host: 'Host',
  noHost: 'No host is here. Within a few minutes, someone in the call becomes the host.',

  // One member
  options: 'Options for {name}',
  'mute.name': 'Mute {name}',
  'muted.member': '{name} was muted',
  handOver: 'Make host',
  'handOver.name': 'Make {name} the host',
  'handOver.sure': 'Make {name} the host? You can’t take the role back yourself.',
  remove: 'Remove',
  'remove.name': 'Remove {name}',
  'remove.sure': 'Remove {name} from the call? They can’t come back unless you let them in again here.',
  'remove.lock': 'Remove and lock the call',
  cancel: 'Cancel',

  // People who were removed or refused
  turnedAway: 'Removed or refused',
  letIn: 'Let in',
  'letIn.name': 'Let in {name} again',

  // The whole call
  'door.title': 'Who can join',
  'door.open': 'Open',
  'door.open.text': 'Anyone with the link or code can join.',
  'door.ask': 'Ask first',
  'door.ask.text': 'Newcomers wait until someone in the call lets them in.',
  'door.notify': 'Notify me of guests when this page is hidden',
  'door.closed': 'Locked',
  'door.closed.text': 'No one new can join, except people you ring from Add people.',
  seats: 'Room for',
  'seats.count': '{count} people',
  'seats.taken':
    'People keep their places until they leave, and place {count} is taken. So the call can’t be smaller now.',
  muteAll: 'Mute everyone',
  'muted.all': 'Everyone was muted. They can unmute themselves.',
  end: 'End call for everyone',
  'end.sure': 'End the call for everyone? Anyone who has the link can start a new one with it.',

  // The host leaves
  'leave.text': 'If you leave, someone else in the call becomes the host.',
  leave: 'Leave',

  // What the host did
  'news.mute': '{name} muted you',
  'news.muteNameless': 'The host muted you',
  unmute: 'Unmute',
  'news.host': '{name} is the host now',
  'news.hostOwn': 'You’re the host now. Under People, you can lock the call or remove someone.',
} as const;
