import { movingScene } from '../testing/recorded';
import type { RecordedCall } from './call-pictures';
import { openScene } from './scene';

describe('openScene', () => {
  const closed: RecordedCall = {
    own: { name: 'Kim (you)', stream: null, pictured: false, whole: false },
    others: [],
    screens: [],
    corner: 'bottom-end',
    microphone: null,
  };

  it('has one picture and one sound until it is closed, also while the call changes', async () => {
    const moving = movingScene();
    let call = closed;
    const scene = openScene(() => call);
    const [picture, sound] = [scene.stream.getVideoTracks(), scene.stream.getAudioTracks()];
    expect([picture.length, sound.length]).toEqual([1, 1]);
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = new MediaStream(picture);
    await video.play();
    expect([video.videoWidth, video.videoHeight]).toEqual([1280, 720]);
    const canvas = new OffscreenCanvas(1280, 720);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    const isColourful = () => {
      context.drawImage(video, 0, 0);
      const [red, green, blue] = context.getImageData(640, 360, 1, 1).data as unknown as [
        number,
        number,
        number,
      ];
      return Math.max(red, green, blue) - Math.min(red, green, blue) > 80;
    };
    expect(isColourful()).toBeFalse();
    const ann = { name: 'Ann', stream: moving.stream, pictured: true, whole: false };
    call = { ...closed, others: [ann] };
    while (!isColourful()) await new Promise((resolve) => setTimeout(resolve, 20));
    call = closed;
    while (isColourful()) await new Promise((resolve) => setTimeout(resolve, 20));
    scene.close();
    expect([...picture, ...sound].map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
    expect(moving.stream.getTracks().every(({ readyState }) => readyState === 'live')).toBeTrue();
    moving.close();
  });
});
