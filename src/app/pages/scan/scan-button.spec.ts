import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';

import { I18n } from '../../i18n/i18n';
import { scanEn } from '../../i18n/scan.en';
import { troublesEn } from '../../i18n/troubles.en';
import { MEDIA_DEVICES } from '../../media/media-devices';
import { BARCODE_DETECTOR, type DetectorClass } from './barcode-detector';
import { ScanButton } from './scan-button';

@Component({ template: '' })
class Elsewhere {}

const code = 'abcd-efgh-jkmn-pqrs';

/** A camera that shows a moving picture. */
function film(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
  return canvas.captureStream(30);
}

describe('ScanButton', () => {
  /** What the stand-in for the browser's detector sees; an error if it can't read. */
  let seen: readonly string[] | Error;
  let formats: readonly string[];
  let streams: MediaStream[];
  let camera: () => Promise<MediaStream>;
  let destroy = () => {};

  class Detector {
    static getSupportedFormats = () => Promise.resolve(formats);
    async detect() {
      if (seen instanceof Error) throw seen;
      return seen.map((rawValue) => ({ rawValue }));
    }
  }

  const open = async (detector: DetectorClass | null = Detector) => {
    // Its deferred part is loaded while it compiles.
    await TestBed.configureTestingModule({
      imports: [ScanButton],
      providers: [
        provideRouter([{ path: '**', component: Elsewhere }]),
        { provide: BARCODE_DETECTOR, useValue: detector },
        { provide: MEDIA_DEVICES, useValue: { getUserMedia: () => camera() } },
      ],
    }).compileComponents();
    await TestBed.inject(I18n).use('en');
    const fixture = TestBed.createComponent(ScanButton);
    const element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    destroy = () => fixture.destroy();
    await fixture.whenStable();
    const button = (name: string) =>
      [...element.querySelectorAll('button')].find(
        (one) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === name,
      );
    const until = async (come: () => boolean) => {
      while (!come()) {
        await new Promise((resolve) => setTimeout(resolve, 10));
        await fixture.whenStable();
      }
    };
    const scan = async () => {
      button(scanEn.open)?.focus();
      button(scanEn.open)?.click();
      await until(() => element.querySelector('dialog')?.open ?? false);
    };
    const status = () => element.querySelector('[role=status]')?.textContent?.replace(/\s+/g, ' ').trim();
    return { element, button, until, scan, status };
  };
  const isOff = () =>
    streams.length > 0 &&
    streams.every((stream) => stream.getTracks().every(({ readyState }) => readyState === 'ended'));
  const address = () => TestBed.inject(Router).url;

  beforeEach(() => {
    seen = [];
    formats = ['qr_code'];
    streams = [];
    camera = async () => {
      const stream = film();
      streams.push(stream);
      return stream;
    };
  });
  afterEach(() => {
    destroy();
    localStorage.removeItem('parley.language');
  });

  it('shows nothing where the browser can’t read QR codes', async () => {
    expect((await open(null)).element.querySelector('button')).toBeNull();
    destroy();
    TestBed.resetTestingModule();
    formats = ['ean_13'];
    expect((await open()).element.querySelector('button')).toBeNull();
    destroy();
    TestBed.resetTestingModule();
    class Broken extends Detector {
      static override getSupportedFormats = () => Promise.reject(new Error('broken'));
    }
    expect((await open(Broken)).element.querySelector('button')).toBeNull();
  });

  it('opens what the QR code of a call or lobby leads to, and closes the camera', async () => {
    const { element, scan, until, status } = await open();
    await scan();
    expect(element.querySelector('dialog')?.matches(':modal')).toBeTrue();
    await until(() => status() === scanEn.hint);
    seen = [`${location.origin}/lobby#${code}`];
    await until(() => address() === `/lobby#${code}`);
    expect(element.querySelector('dialog')).toBeNull();
    expect(isOff()).toBeTrue();
  });

  it('says that a code is something else, and continues to look', async () => {
    const { scan, until, status } = await open();
    await scan();
    seen = [`https://evil.example/call#${code}`];
    await until(() => status() === scanEn.foreign);
    expect(address()).toBe('/');
    seen = ['hello', `${location.origin}/call#${code}`];
    await until(() => address() === `/call#${code}`);
  });

  it('closes the camera with the dialog, and gives the focus back', async () => {
    const { element, button, scan, until } = await open();
    await scan();
    expect(element.querySelector('dialog')?.contains(document.activeElement)).toBeTrue();
    await until(() => streams.length === 1);
    button(scanEn.close)?.click();
    await until(() => element.querySelector('dialog') === null);
    expect(isOff()).toBeTrue();
    expect(document.activeElement).toBe(button(scanEn.open)!);
  });

  it('closes a camera that is granted after the dialog has closed', async () => {
    let grant = (_: MediaStream) => {};
    camera = () => new Promise((resolve) => (grant = resolve));
    const { element, button, scan, until } = await open();
    await scan();
    button(scanEn.close)?.click();
    await until(() => element.querySelector('dialog') === null);
    streams.push(film());
    grant(streams[0]!);
    await until(isOff);
    expect(isOff()).toBeTrue();
  });

  it('closes the camera while the page is hidden', async () => {
    const { scan, until, status } = await open();
    await scan();
    await until(() => status() === scanEn.hint);
    const hidden = spyOnProperty(document, 'visibilityState').and.returnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(isOff()).toBeTrue();
    hidden.and.returnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => streams.length === 2);
    expect(isOff()).toBeFalse();
  });

  it('says why the camera does not open, and retries', async () => {
    const opens = camera;
    camera = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    const { button, scan, until, status } = await open();
    await scan();
    await until(() => status()?.startsWith(troublesEn['media.camera.denied.title']) ?? false);
    expect(status()).toContain(troublesEn['media.camera.denied.text']);
    camera = opens;
    button(scanEn.again)?.click();
    await until(() => status() === scanEn.hint);
    expect(streams.length).toBe(1);
  });

  it('says that the browser can’t read codes after all', async () => {
    seen = new DOMException('Barcode detection service unavailable.', 'NotSupportedError');
    const { scan, until, status } = await open();
    await scan();
    await until(() => status() === scanEn.unreadable);
    expect(status()).toBe(scanEn.unreadable);
  });
});
