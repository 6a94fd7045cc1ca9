/** The texts about recordings that an earlier visit has left, in English; see `en.ts` for how texts are used. */
export const recordingsEn = {
  interrupted: 'A recording from {time} was interrupted.',
  save: 'Save',
  delete: 'Delete',
  ask: 'Delete the recording from {time} for good?',
  deleteNow: 'Delete recording',
  keep: 'Keep it',
  saving: 'Saving the recording from {time}…',
  saved: 'The recording is in your downloads.',
  deleted: 'The recording was deleted.',
  unseekable:
    'The recording is in your downloads, but its length could not be added. Some players may not show it, or not jump to a time.',
  failed: 'The recording could not be saved. Free some space on this device, then try again.',
  gone: 'This recording is not here any more: another window has saved or deleted it.',
} as const;
