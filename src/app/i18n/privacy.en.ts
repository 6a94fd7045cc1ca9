/** The texts of who can see what in a call, in English; see `en.ts` for how texts are used. */
export const privacyEn = {
  media: 'Sound, video, messages and files are encrypted between the browsers of the people in the call.',
  members:
    'Everyone in the call sees and hears you, and learns your network address unless you hide it in Settings.',
  link: 'Anyone who has the link can join while there’s room, unless the host has locked the call or people must ask. Share it like a key.',
  database:
    'The site’s operator and its database see that a call takes place, when, and how much is written. Names, addresses and encryption fingerprints are stored encrypted; the key comes from the call code, which they don’t get.',
  relay:
    'If a relay is needed, it sees network addresses and how much data passes, but not what you say, show or write.',
  recording:
    'If someone records with Parley, everyone sees that above the video. Parley can’t tell if someone records in another way.',
} as const;
