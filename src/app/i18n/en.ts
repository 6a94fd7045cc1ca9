/**
 * English, the language that decides which keys there are.
 *
 * Here are the texts of the shell: home, settings, the app's own messages, page titles. The call's texts are in
 * `call.en.ts` and `call.zh.ts` so that home stays light. A component takes its texts with
 *
 *     protected readonly t = injectTexts(callTexts);
 *
 * and its template says `{{ t('call.leave') }}` or `{{ t('call.left', { name: name() }) }}`. Keys and placeholders are
 * checked by the compiler; `translations.spec.ts` holds the languages side by side. Counted texts have two keys,
 * `….one` and `….other`, chosen by `I18n.plural`.
 */
export const en = {
  'app.name': 'Parley',
  'app.loading': 'Loading…',

  'title.home': 'Parley: video calls, just between you',
  'title.call': 'Call · Parley',
  'title.settings': 'Settings · Parley',
  'title.check': 'Check · Parley',
  'title.lobby': 'Lobby · Parley',
  'title.notFound': 'Page not found · Parley',

  'home.heading': 'Video calls, just between you',
  'home.lead': 'Start a call and share its code. No account, nothing to install, encrypted from end to end.',
  'home.newCall': 'New call',
  'home.or': 'or join one',
  'home.code': 'Call code or link',
  'home.codeHint': 'abcd-efgh-jkmn-pqrs',
  'home.join': 'Join',
  'home.makeLobby': 'Make a lobby',
  'home.codeMissing': 'Enter the code or link you were given.',
  'home.codeWrong': 'That is not a call code. A code has 16 letters and digits, in groups of four.',
  'home.codeSeveral': 'There is more than one code in that. Paste only the one you want.',
  'home.offline': 'You are offline. Calls need a network; Parley is ready as soon as you are back.',
  'home.shared': 'Your files are waiting on this device. Start or join a call to send them.',
  'home.insecure':
    'Calls need a secure connection. Open this page with an address that starts with https://.',
  'home.unsupported':
    'This browser cannot make calls ({missing} is missing). Use a current Chrome, Edge, Firefox or Safari.',
  'home.install': 'Install app',

  'settings.open': 'Settings',
  'settings.heading': 'Settings',
  'settings.language': 'Language',
  'settings.theme': 'Appearance',
  'settings.sounds': 'Sounds',
  'settings.hideAddress': 'Hide my address',
  'settings.hideAddress.cost':
    'Whoever you call sees your network address, which tells roughly where you are. Hidden, everything goes by a relay: pictures may be less sharp and come later, and calls need a site that has a relay.',
  'settings.app': 'App',
  'settings.installed': 'Parley is installed on this device.',
  'settings.installHint': 'Your browser’s menu can add Parley to this device, if it offers that.',
  'settings.check': 'Check device and network',
  'settings.back': 'Back',

  'theme.system': 'System',
  'theme.light': 'Light',
  'theme.dark': 'Dark',

  'notFound.heading': 'There is nothing here',
  'notFound.what': 'No page has this address.',
  'notFound.do': 'If somebody sent you a link to a call, copy it once more, whole, and open it again.',
  'notFound.home': 'Go to the start page',

  'update.available': 'A new version of Parley is ready.',
  'update.broken': 'This copy of Parley is damaged. Reload to fetch it again.',
  'update.missing':
    'A part of Parley has not arrived. It is fetched again as soon as the network lets it; if it does not come, reload.',
  'update.reload': 'Reload',
  'update.later': 'Later',

  'snack.close': 'Close',
} as const;
