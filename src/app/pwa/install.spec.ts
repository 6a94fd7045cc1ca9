import { TestBed } from '@angular/core/testing';

import { Install } from './install';

describe('Install', () => {
  const offer = () => {
    const prompt = jasmine.createSpy('prompt').and.resolveTo();
    const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt });
    window.dispatchEvent(event);
    return { event, prompt };
  };

  it('offers nothing before the browser does', () => {
    expect(TestBed.inject(Install).offered()).toBeFalse();
  });

  it('keeps the browser’s offer until the person wants it, and uses it once', async () => {
    const install = TestBed.inject(Install);
    const { event, prompt } = offer();
    expect(event.defaultPrevented).toBeTrue();
    expect(install.offered()).toBeTrue();
    expect(prompt).not.toHaveBeenCalled();

    await install.ask();
    await install.ask();
    expect(prompt).toHaveBeenCalledTimes(1);
    expect(install.offered()).toBeFalse();
  });

  it('offers nothing once installed', () => {
    const install = TestBed.inject(Install);
    offer();
    window.dispatchEvent(new Event('appinstalled'));
    expect(install.installed()).toBeTrue();
    expect(install.offered()).toBeFalse();
  });
});
