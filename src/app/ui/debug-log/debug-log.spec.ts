import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { logEn } from '../../i18n/log.en';
import { note } from '../../log/note';
import { DebugLog } from './debug-log';

describe('DebugLog', () => {
  let write: jasmine.Spy<(text: string) => Promise<void>>;

  const opened = async () => {
    const fixture = TestBed.createComponent(DebugLog);
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    document.body.append(host);
    return {
      host,
      press: async () => {
        host.querySelector('button')?.click();
        await fixture.whenStable();
        await new Promise((resolve) => setTimeout(resolve));
        await fixture.whenStable();
      },
      box: () => host.querySelector('textarea'),
    };
  };

  beforeEach(() => {
    write = spyOn(TestBed.inject(DOCUMENT).defaultView!.navigator.clipboard, 'writeText');
  });

  it('copies the log as it is now, and says so', async () => {
    write.and.resolveTo();
    const page = await opened();
    note('ui', 'just-now');
    await page.press();
    expect(write.calls.mostRecent().args[0]).toMatch(/ ui just-now\n$/);
    expect(page.host.textContent).toContain(logEn.copied);
    expect(page.box()).toBeNull();
  });

  it('shows the log selected where the browser refuses to copy', async () => {
    write.and.rejectWith(new DOMException('no', 'NotAllowedError'));
    const page = await opened();
    note('ui', 'then');
    await page.press();
    const box = page.box()!;
    expect(box.value).toMatch(/ ui then\n$/);
    expect(document.activeElement).toBe(box);
    expect(box.selectionEnd - box.selectionStart).toBe(box.value.length);
    expect(page.host.textContent).toContain(logEn.copyFailed);

    write.and.resolveTo();
    await page.press();
    expect(page.box()).toBeNull();
    expect(write.calls.mostRecent().args[0]).toContain('ui copy-log NotAllowedError');
  });
});
