/** The texts in English of the pages that say what happened; see `en.ts` for how texts are used. */
export const messageEn = {
  'badCode.title': 'That’s not a call code',
  'badCode.text':
    'A code has 16 letters and digits, like abcd-efgh-jkmn-pqrs. Check the link: the end may be missing.',
  'absent.title': 'No call here yet',
  'absent.text':
    'The call hasn’t started, or it’s over. This page lets you join as soon as someone starts it.',
  'full.title': 'This call is full',
  'full.text': 'You can join when someone leaves. This page notices.',
  'closed.title': 'This call is locked',
  'closed.text': 'The host isn’t letting anyone in right now. If that changes, this page lets you join.',
  'refused.title': 'You weren’t let in',
  'refused.text':
    'Someone in the call turned down your request, or the host removed you. If that was a mistake, ask the host to let you in. This page notices when they do.',
  'expired.title': 'This call has expired',
  'expired.text': 'A call lasts up to 24 hours. Start a new one and share its link.',
  'left.title': 'You left the call',
  'left.text': 'Your camera and microphone are off.',
  'left.duration': 'You were in the call for {duration}.',
  'offline.title': 'You’re offline',
  'offline.text': 'Calls need a network. We’ll continue when you’re back online.',
  'unreachable.title': 'Can’t reach Parley',
  'unreachable.text':
    'Still trying… If other pages open, a firewall or a browser extension may be in the way. Try another network.',
  'forbidden.title': 'You can’t join this call',
  'forbidden.text': 'The site’s rules didn’t allow it. Check that the link is complete, or start a new call.',
  'quota.title': 'This site has reached its limit for today',
  'quota.text': 'Its free database quota is used up and resets at midnight Pacific time. Try again then.',
  'configuration.title': 'This site isn’t set up yet',
  'configuration.text':
    'It has no Firebase configuration. The site’s operator needs to deploy it with Firebase Hosting.',
  'tampered.title': 'This call’s data was tampered with',
  'tampered.text':
    'The data stored for this call can’t be decrypted with its code, so Parley ignored it. Start a new call and share its link another way.',
  'outdated.title': 'Update Parley to join',
  'outdated.text': 'This call needs a newer version of Parley. Reload the page to update, then try again.',
  'ended.title': 'The call has ended',
  'ended.text': 'The host ended it for everyone. You can start a new one.',
  'removed.title': 'You’re no longer in the call',
  'removed.text':
    'The host removed you, or your place was given away while you were disconnected. If the host removed you, only they can let you in again.',
  'unsupported.title': 'This browser can’t make calls',
  'unsupported.text':
    'It lacks something calls need. Use a current version of Chrome, Edge, Firefox or Safari.',
  'unsupported.missing': 'Missing:',
  'insecure.title': 'This connection isn’t secure',
  'insecure.text':
    'Browsers allow the camera, the microphone and encryption only on secure pages. Open this page with an address that starts with https.',
  'unavailable.title': 'Can’t reach the call',
  'unavailable.text': 'Something went wrong on the way to the database. Try again in a moment.',
  start: 'Start it with this code',
  reload: 'Reload',
  rejoin: 'Rejoin',
} as const;
