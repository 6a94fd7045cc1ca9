/** The texts of how picture and sound are tuned, in English; see `en.ts` for how texts are used. */
export const devicesEn = {
  'tuning.picture': 'Video quality',
  'picture.high': 'High (1280 × 720)',
  'picture.medium': 'Medium (640 × 360)',
  'picture.low': 'Low (320 × 180)',
  backgroundBlur: 'Blur background',
  noiseSuppression: 'Reduce noise',
  voiceIsolation: 'Isolate voice',
  'refused.picture': 'Your camera doesn’t support this size. Nothing has changed.',
  'refused.backgroundBlur': 'Your camera didn’t change its background. Nothing has changed.',
  'refused.noiseSuppression': 'Your microphone doesn’t support this. Nothing has changed.',
  'refused.voiceIsolation': 'Your microphone doesn’t support this. Nothing has changed.',
  'hint.new': '{name} is connected.',
  'hint.use': 'Use it',
  'hint.later': 'Not now',
  'hint.silent':
    'Your microphone isn’t picking up any sound. If you’re speaking, check the mute switch on it or on your headset, or choose another microphone under More, Devices.',
  'hint.dismiss': 'Dismiss',
} as const;
