/** The texts of sharing a call for later, in English; see `en.ts` for how texts are used. */
export const laterEn = {
  validity:
    'This link doesn’t expire until the call starts, so you can use it later. Anyone who has it can start the call, which then lasts up to 24 hours.',
  heading: 'Add to calendar',
  start: 'Date and time',
  length: 'Duration',
  save: 'Save calendar file',
  saved: 'Saved. Open the file to add the call to your calendar. It contains the link.',
  missing: 'Enter a full date and time.',
  past: 'That time has passed. Choose a later one.',
  // In the calendar
  title: 'Parley call',
  description: 'Open this link to start or join the call:',
} as const;
