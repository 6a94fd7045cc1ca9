/**
 * Why signing in was refused, in English; see `en.ts` for how texts are used. `….what` says what happened, as a heading
 * without a full stop; `….todo` says what to do about it.
 */
export const signInEn = {
  sentence: '{text}.',

  'sign-in-off.what': 'Sign-in is turned off for this site',
  'sign-in-off.todo':
    'Only the site’s operator can change that: in the Firebase console, under Authentication, “Sign-in method”, enable “Anonymous”, and under “Settings” allow people to sign up.',
  'sign-in-api.what': 'This site’s sign-in service is turned off',
  'sign-in-api.todo':
    'Only the site’s operator can change that: in the Google Cloud console, under “APIs & Services”, enable the “Identity Toolkit API”. It takes a few minutes to take effect.',
  'sign-in-busy.what': 'Too many new sign-ins from this network',
  'sign-in-busy.todo':
    'Everyone on your network shares a limit of about 100 an hour. Wait an hour, or use another network, such as your phone’s.',
  'sign-in-quota.what': 'This site can’t take new visitors for now',
  'sign-in-quota.todo':
    'It has used up its quota of new sign-ins. Try again tomorrow. The site’s operator can ask for more in the Firebase console, under Authentication, “Settings”.',
  'api-key.what': 'This site’s API key doesn’t work',
  'api-key.todo':
    'Only the site’s operator can change that: check the key and its restrictions in the Google Cloud console, under “Credentials”, then deploy the site again.',
  'address.what': 'Signing in isn’t allowed at this address',
  'address.todo':
    'Open the site at its usual address. If this is the one, the site’s operator needs to add it to the API key’s website restrictions and to Authentication’s authorized domains.',
  'app-check.what': 'This site requires a check that Parley can’t pass',
  'app-check.todo':
    'Only the site’s operator can change that: in the Firebase console, under “App Check”, stop enforcing it for Authentication and Cloud Firestore.',
  'account.what': 'The site’s operator blocked your sign-in',
  'account.todo': 'Ask the site’s operator to unblock it, or use another browser.',
  'storage.what': 'Storage is blocked',
  'storage.todo':
    'Your browser doesn’t let this page store anything, and sign-in needs that. Allow cookies and site data for this page, then try again.',
  'sign-in.what': 'Couldn’t sign in',
  'sign-in.todo':
    'The sign-in service refused, and Parley doesn’t know why. Try again in a moment. If it happens again, tell the site’s operator.',
} as const;
