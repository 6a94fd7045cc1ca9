/** The call's texts in English; see `en.ts` for how texts are used. Keys begin with `call.`. */
export const callEn = {
  'call.leave': 'Leave',
} as const;
