import { callPictures, callSounds, type RecordedCall } from './call-pictures';
import { Compositor } from './compositor';
import type { Scene } from './recording';
import { SoundMixer } from './sound-mixer';
import { ticking } from './ticker';

/** Size of a recording, in px, and its frames per second. */
const [WIDTH, HEIGHT, FRAME_RATE] = [1280, 720, 25];

/**
 * The picture and sound of a call as a stream: everyone on a stage, redrawn for every frame, and everyone's sound mixed.
 *
 * @param call returns what to show and play at present
 */
export function openScene(call: () => RecordedCall): Scene {
  const compositor = new Compositor(WIDTH, HEIGHT, FRAME_RATE);
  const mixer = new SoundMixer();
  const refresh = (): void => {
    const now = call();
    compositor.draw(callPictures(now, WIDTH, HEIGHT, (stream) => compositor.ratioOf(stream)));
    mixer.mix(callSounds(now));
  };
  refresh();
  // Not with the page's animation frames or timers, because a recording must continue while its page is in the background.
  const end = ticking(refresh, FRAME_RATE);
  return {
    stream: new MediaStream([compositor.track, mixer.track]),
    close: () => {
      end();
      compositor.close();
      mixer.close();
    },
  };
}
