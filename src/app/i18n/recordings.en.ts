/** The texts about recordings that an earlier visit has left, in English; see `en.ts` for how texts are used. */
export const recordingsEn = {
  interrupted: 'A recording from {time} was interrupted.',
  save: 'Save',
  delete: 'Delete',
  ask: 'Permanently delete the recording from {time}?',
  deleteNow: 'Delete recording',
  keep: 'Keep it',
  saving: 'Saving the recording from {time}…',
  saved: 'The recording is in your downloads.',
  deleted: 'The recording was deleted.',
  unseekable:
    'The recording is in your downloads, but its length couldn’t be added. Some players may not show it, or not jump to a time.',
  failed: 'The recording couldn’t be saved. Free up some space on this device, then try again.',
  gone: 'This recording is no longer here. Another window saved or deleted it.',
} as const;
