import type { InputKind } from '../../../media/media';

/** Keys of the texts of a button that turns an input on or off: its label, and its accessible name, which contains the label. */
interface Press {
  readonly label: 'mute' | 'unmute' | 'camera.stop' | 'camera.start';
  readonly name: 'mute.microphone' | 'unmute.microphone' | 'camera.stop' | 'camera.start';
}

const presses: Readonly<Record<InputKind, { readonly on: Press; readonly off: Press }>> = {
  microphone: {
    on: { label: 'mute', name: 'mute.microphone' },
    off: { label: 'unmute', name: 'unmute.microphone' },
  },
  camera: {
    on: { label: 'camera.stop', name: 'camera.stop' },
    off: { label: 'camera.start', name: 'camera.start' },
  },
};

/** What a press of an input's button does now. */
export const inputPress = (kind: InputKind, on: boolean): Press => presses[kind][on ? 'on' : 'off'];
