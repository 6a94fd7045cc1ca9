/** The texts of how picture and sound are tuned, in English; see `en.ts` for how texts are used. */
export const devicesEn = {
  'tuning.picture': 'Video quality',
  'picture.high': 'High (1280 × 720)',
  'picture.medium': 'Medium (640 × 360)',
  'picture.low': 'Low (320 × 180)',
  backgroundBlur: 'Blur background',
  'blur.off': 'Parley blurs it on this device and shows here how much of the processor that takes.',
  'blur.starting': 'Starting… Your camera is paused until your background is blurred.',
  'blur.measuring': 'Measuring how much of the processor it takes…',
  'blur.on': 'Uses about {percent}% of one processor core.',
  'blur.slow':
    'It would take about {percent}% of one processor core, and Parley allows 50%. Your camera is off. Turn off blur to be seen.',
  'blur.leftOut':
    'Background blur is off: it would take about {percent}% of one processor core on this device, and Parley allows 50%.',
  'blur.unsupported': 'This browser can’t blur your background. Try a current version of Chrome or Edge.',
  'blur.failed':
    'Background blur didn’t work. Your camera is off. Turn off blur to be seen, or try the camera again.',
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
