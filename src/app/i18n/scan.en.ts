/** Scanning a QR code, in English; see `en.ts` for how texts are used. */
export const scanEn = {
  open: 'Scan QR code',
  title: 'Scan a QR code',
  hint: 'Point the camera at the QR code of a call or circle.',
  starting: 'Starting the camera…',
  foreign: 'That QR code isn’t a link to a call or circle on this site.',
  unreadable: 'This browser can’t read QR codes right now. Type the code or paste the link instead.',
  again: 'Try again',
  close: 'Close',
} as const;
