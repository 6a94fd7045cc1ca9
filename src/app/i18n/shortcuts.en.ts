/** What the keys do, in English; see `en.ts` for how texts are used. */
export const shortcutsEn = {
  screen: 'Share your screen or stop sharing',
  microphone: 'Mute or unmute microphone',
  camera: 'Start or stop camera',
  talk: 'Speak while muted (hold)',
  space: 'Space',
  chat: 'Chat',
  hand: 'Raise or lower your hand',
  invite: 'Invite',
  people: 'People',
  statistics: 'Statistics',
  fullScreen: 'Full screen',
  ownPicture: 'Move your video',
  leave: 'Leave the call',
  help: 'Show this list',
  escape: 'Close the panel',
} as const;
