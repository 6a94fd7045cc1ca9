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
  'title.lobby': 'Circle · Parley',
  'title.notFound': 'Page not found · Parley',

  'home.heading': 'Video calls, just between you',
  'home.lead': 'Start a call and share the link. No account, nothing to install, end-to-end encrypted.',
  'home.newCall': 'New call',
  'home.or': 'or join a call',
  'home.code': 'Call code or link',
  'home.codeHint': 'abcd-efgh-jkmn-pqrs',
  'home.join': 'Join',
  'home.makeLobby': 'Create a circle',
  'home.codeMissing': 'Enter a call code or paste a link.',
  'home.codeWrong': 'That’s not a call code. A code has 16 letters and digits in groups of four.',
  'home.codeSeveral': 'There’s more than one code in there. Paste only the one you want.',
  'home.offline': 'You’re offline. Connect to a network to start or join a call.',
  'home.shared': 'Your files are ready. Start or join a call to send them.',
  'home.insecure':
    'Calls need a secure connection. Open this page with an address that starts with https://.',
  'home.unsupported':
    'This browser can’t make calls ({missing} is missing). Use a current version of Chrome, Edge, Firefox or Safari.',
  'home.install': 'Install app',

  'settings.open': 'Settings',
  'settings.heading': 'Settings',
  'settings.language': 'Language',
  'settings.theme': 'Appearance',
  'settings.sounds': 'Sounds',
  'settings.shortcuts': 'Single-key shortcuts',
  'settings.hideAddress': 'Hide my IP address',
  'settings.hideAddress.cost':
    'The people you call can see your IP address, which shows roughly where you are. If you hide it, calls go through a relay: video may be less sharp and arrive later, and the site needs to have a relay.',
  'settings.app': 'App',
  'settings.installed': 'Parley is installed on this device.',
  'settings.installHint':
    'To add Parley to this device, look for “Install” or “Add to Home Screen” in your browser’s menu.',
  'settings.check': 'Check device and network',
  'settings.back': 'Back',

  'theme.system': 'System',
  'theme.light': 'Light',
  'theme.dark': 'Dark',

  'notFound.heading': 'Page not found',
  'notFound.what': 'There’s no page at this address.',
  'notFound.do': 'If you followed a link to a call, copy the whole link and open it again.',
  'notFound.home': 'Go to the home page',

  'update.available': 'A new version of Parley is available.',
  'update.broken': 'This copy of Parley is damaged. Reload to download it again.',
  'update.missing':
    'Part of Parley hasn’t loaded. We’ll retry when the network allows it. If it still doesn’t load, reload the page.',
  'update.reload': 'Reload',
  'update.later': 'Later',

  'snack.close': 'Close',
} as const;
