/** Why a microphone or camera doesn’t work, in English; see `en.ts` for how texts are used. */
export const troublesEn = {
  'media.microphone.denied.title': 'Microphone blocked',
  'media.microphone.denied.text':
    'Your browser is blocking the microphone. Allow it with the icon next to the address bar, then try again.',
  'media.microphone.missing.title': 'No microphone found',
  'media.microphone.missing.text': 'Plug in a microphone or switch it on, then try again.',
  'media.microphone.busy.title': 'Microphone in use',
  'media.microphone.busy.text':
    'Another app is using your microphone, or it isn’t responding. Close that app, then try again.',
  'media.microphone.unsupported.title': 'Microphone not available',
  'media.microphone.unsupported.text':
    'This browser doesn’t let web pages use a microphone, or only over a secure connection (https). Use another browser, or an address that starts with https.',
  'media.microphone.lost.title': 'Microphone disconnected',
  'media.microphone.lost.text':
    'Your microphone was unplugged or switched off. Plug it in or choose another one, then try again.',
  'media.microphone.failed.title': 'Microphone didn’t start',
  'media.microphone.failed.text':
    'Your microphone didn’t start, and the browser doesn’t say why. Try again or choose another one.',
  'media.microphone.muted.text':
    'No one can hear you. A phone call, a mute switch or a privacy setting may be the cause. End the call or flip the switch to be heard again.',
  'media.camera.denied.title': 'Camera blocked',
  'media.camera.denied.text':
    'Your browser is blocking the camera. Allow it with the icon next to the address bar, then try again.',
  'media.camera.missing.title': 'No camera found',
  'media.camera.missing.text': 'Plug in a camera or switch it on, then try again.',
  'media.camera.busy.title': 'Camera in use',
  'media.camera.busy.text':
    'Another app is using your camera, or it isn’t responding. Close that app, then try again.',
  'media.camera.unsupported.title': 'Camera not available',
  'media.camera.unsupported.text':
    'This browser doesn’t let web pages use a camera, or only over a secure connection (https). Use another browser, or an address that starts with https.',
  'media.camera.lost.title': 'Camera disconnected',
  'media.camera.lost.text':
    'Your camera was unplugged or switched off. Plug it in or choose another one, then try again.',
  'media.camera.failed.title': 'Camera didn’t start',
  'media.camera.failed.text':
    'Your camera didn’t start, and the browser doesn’t say why. Try again or choose another one.',
  'media.camera.muted.text':
    'No one can see you. Another app, a camera cover or a privacy setting may be the cause. Close the app or open the cover to be seen again.',
  'media.both.denied.title': 'Camera and microphone blocked',
  'media.both.denied.text':
    'Your browser is blocking both. Allow them with the icon next to the address bar, then try again.',
  'media.both.missing.title': 'No camera or microphone found',
  'media.both.missing.text': 'Plug in a camera or microphone, or switch it on, then try again.',
  'media.both.busy.title': 'Camera and microphone in use',
  'media.both.busy.text':
    'Another app is using them, or they aren’t responding. Close that app, then try again.',
  'media.both.unsupported.title': 'Camera and microphone not available',
  'media.both.unsupported.text':
    'This browser doesn’t let web pages use them, or only over a secure connection (https). Use another browser, or an address that starts with https.',
  'media.both.lost.title': 'Camera and microphone disconnected',
  'media.both.lost.text':
    'They were unplugged or switched off. Plug them in or choose others, then try again.',
  'media.both.failed.title': 'Camera and microphone didn’t start',
  'media.both.failed.text': 'They didn’t start, and the browser doesn’t say why. Try again or choose others.',
  'media.both.muted.text':
    'No one can see or hear you. A phone call, another app or a privacy setting may be the cause. End the call or change the setting to be seen and heard again.',
  'media.camera.held.slow':
    'Blurring your background takes too much of this device’s processor, so your camera was turned off. Turn off blur to be seen.',
  'media.camera.held.unsupported':
    'This browser can’t blur your background as you chose, so your camera was turned off. Turn off blur to be seen.',
  'media.camera.held.failed':
    'Your background can’t be blurred right now, so your camera was turned off. Turn off blur to be seen, or turn on the camera to try again.',
  'media.camera.held.unblur': 'Turn off blur',
  'media.without.microphone': 'You can join without it. You’ll hear everyone, but they won’t hear you.',
  'media.without.camera': 'You can join without it. You’ll see everyone, but they won’t see you.',
  'media.without.both':
    'You can join without them. You’ll see and hear everyone, but they won’t see or hear you.',
  'media.tryAgain.microphone': 'Try microphone again',
  'media.tryAgain.camera': 'Try camera again',
  'media.dismiss': 'Dismiss',
} as const;
