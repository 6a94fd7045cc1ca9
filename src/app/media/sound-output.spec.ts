import { TestBed } from '@angular/core/testing';

import { SoundOutput } from './sound-output';

describe('SoundOutput', () => {
  let output: SoundOutput;
  const turns = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };

  beforeEach(() => {
    output = TestBed.inject(SoundOutput);
    jasmine.clock().install();
  });
  afterEach(() => jasmine.clock().uninstall());

  it('plays through the chosen speaker', async () => {
    const audio = new Audio();
    const sink = spyOn(audio, 'setSinkId').and.resolveTo();
    output.route(audio, { deviceId: 'headset' }).subscribe();
    await turns();
    output.route(audio, { deviceId: null }).subscribe();
    await turns();
    expect(sink.calls.allArgs()).toEqual([['headset'], ['']]);
    expect(output.refused()).toBeNull();
  });

  it('retries a speaker that is not ready, and reports until then that it is not in use', async () => {
    const audio = new Audio();
    const sink = spyOn(audio, 'setSinkId').and.rejectWith(new DOMException('', 'AbortError'));
    output.route(audio, { deviceId: 'headset' }).subscribe();
    await turns();
    expect(output.refused()).toBe('headset');
    sink.and.resolveTo();
    jasmine.clock().tick(1_000);
    await turns();
    expect(output.refused()).toBeNull();
    expect(sink).toHaveBeenCalledTimes(2);
  });

  it('gives up after some retries, and never errors', async () => {
    const audio = new Audio();
    const sink = spyOn(audio, 'setSinkId').and.rejectWith(new DOMException('', 'NotFoundError'));
    let completed = false;
    output.route(audio, { deviceId: 'sold' }).subscribe({ complete: () => (completed = true) });
    for (let second = 0; second < 10; second++) {
      await turns();
      jasmine.clock().tick(1_000);
    }
    await turns();
    expect(sink).toHaveBeenCalledTimes(4);
    expect(completed).toBeTrue();
    expect(output.refused()).toBe('sold');
  });

  it('does nothing where the browser can’t', () => {
    const element = { play: () => undefined } as unknown as HTMLMediaElement;
    let completed = false;
    output.route(element, { deviceId: 'headset' }).subscribe({ complete: () => (completed = true) });
    expect(completed).toBeTrue();
  });
});
