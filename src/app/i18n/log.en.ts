/** The texts of the debug log, in English; see `en.ts` for how texts are used. */
export const logEn = {
  copy: 'Copy debug log',
  copied: 'Copied',
  copyFailed: 'Couldn’t copy. Select the text below and copy it yourself.',
  contents:
    'What this page did since you opened it: states, error codes and your browser’s version. No names, messages, addresses or call codes.',
  label: 'Debug log',
} as const;
