/** The texts of how picture and sound are tuned, in English; see `en.ts` for how texts are used. */
export const devicesEn = {
  'tuning.picture': 'Picture',
  'picture.high': 'High (1280 × 720)',
  'picture.medium': 'Medium (640 × 360)',
  'picture.low': 'Low (320 × 180)',
  backgroundBlur: 'Blur the background',
  noiseSuppression: 'Suppress noise',
  voiceIsolation: 'Isolate the voice',
  'refused.picture': 'Your camera can’t take pictures of this size. It goes on as before.',
  'refused.backgroundBlur': 'Your camera did not change its background. It goes on as before.',
  'refused.noiseSuppression': 'Your microphone did not take this on. It goes on as before.',
  'refused.voiceIsolation': 'Your microphone did not take this on. It goes on as before.',
  'hint.new': '{name} is connected.',
  'hint.use': 'Use it',
  'hint.later': 'Not now',
  'hint.silent':
    'No sound comes from your microphone. If you are speaking, check the mute switch on it or on your headset, or choose another microphone under More, Devices.',
  'hint.dismiss': 'Dismiss',
} as const;
