import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import axe from 'axe-core';

import type { InterruptedRecording, KeptRecording, RecordedFile } from '../../mixing/kept-recordings';
import { I18n } from '../../i18n/i18n';
import { IdleTime } from '../../pwa/idle-time';
import { InterruptedRecordings } from './interrupted-recordings';
import { STORED_RECORDINGS } from './stored-recordings';
import { asksBeforeLeaving } from '../../testing/leaving';

const since = Date.UTC(2026, 10, 27, 12);

/** Recordings of an earlier visit. */
class FakeStored {
  found: InterruptedRecording[] = [{ id: 'one', since }];
  readonly told: string[] = [];
  file: () => Promise<RecordedFile | null> = async () => ({
    file: new Blob(['film']),
    name: 'a.webm',
    seekable: true,
  });
  isHere = true;

  async interruptedRecordings() {
    return this.found;
  }
  async resumeRecording(id: string): Promise<KeptRecording | null> {
    if (!this.isHere) return null;
    const tell = (what: string) => void this.told.push(`${id} ${what}`);
    return {
      append: () => Promise.reject(new Error()),
      finish: (progress) => {
        progress(0.5);
        return this.file();
      },
      saved: async () => tell('saved'),
      release: () => tell('released'),
      discard: async () => tell('discarded'),
    };
  }
}

describe('InterruptedRecordings', () => {
  let stored: FakeStored;
  let idleTime: Subject<unknown>;
  let downloads: string[];
  let element: HTMLElement;

  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) {
      await new Promise((resolve) => setTimeout(resolve));
      TestBed.tick();
    }
  };
  const until = async (seen: () => boolean) => {
    while (!seen()) await settle();
  };
  const text = () => element.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  const press = async (name: string) => {
    const button = [...element.querySelectorAll('button')].find((one) => one.textContent?.trim() === name);
    if (!button) throw new Error(`no button ${name}`);
    button.focus();
    button.click();
    await settle();
  };
  const shown = async () => {
    const fixture = TestBed.createComponent(InterruptedRecordings);
    element = fixture.nativeElement as HTMLElement;
    document.body.append(element);
    TestBed.tick();
    idleTime.next(0);
    await settle();
  };

  beforeEach(async () => {
    stored = new FakeStored();
    idleTime = new Subject();
    downloads = [];
    spyOn(HTMLAnchorElement.prototype, 'click').and.callFake(function (this: HTMLAnchorElement) {
      downloads.push(this.download);
    });
    await TestBed.configureTestingModule({
      imports: [InterruptedRecordings],
      providers: [
        { provide: IdleTime, useValue: { come$: idleTime } },
        { provide: STORED_RECORDINGS, useValue: async () => stored },
      ],
    }).compileComponents();
    await TestBed.inject(I18n).use('en');
  });
  afterEach(() => {
    document.querySelector('.cdk-overlay-container')?.replaceChildren();
    localStorage.removeItem('parley.language');
  });

  it('shows nothing if no recording was interrupted', async () => {
    stored.found = [];
    await shown();
    expect(element.childElementCount).toBe(0);
  });

  it('offers a recording with its time, and saves it', async () => {
    await shown();
    await until(() => text() !== '');
    expect(text()).toMatch(/^A recording from Nov 27, 2026, .* was interrupted\./);
    expect((await axe.run(element)).violations).toEqual([]);
    await press('Save');
    await until(() => element.querySelector('.offer') === null);
    expect(downloads).toEqual(['a.webm']);
    expect(stored.told).toEqual(['one saved']);
  });

  it('shows that the recording is being saved, and asks before the page is closed', async () => {
    let arrive: (file: RecordedFile) => void = () => undefined;
    stored.file = () => new Promise((resolve) => (arrive = resolve));
    await shown();
    await until(() => text() !== '');
    await press('Save');
    await until(() => element.querySelector('progress')?.value === 0.5);
    expect(asksBeforeLeaving()).toBeTrue();
    arrive({ file: new Blob(['film']), name: 'a.webm', seekable: true });
    await until(() => element.querySelector('.offer') === null);
  });

  it('deletes only after two different presses; pressing the same button twice keeps the recording', async () => {
    await shown();
    await until(() => text() !== '');
    await press('Delete');
    expect(text()).toContain('Permanently delete');
    const focused = document.activeElement as HTMLElement;
    expect(focused.textContent?.trim()).toBe('Keep it');
    focused.click();
    await settle();
    expect(text()).toContain('was interrupted');
    expect(stored.told).toEqual([]);
    await press('Delete');
    await press('Delete recording');
    expect(stored.told).toEqual(['one discarded']);
    expect(element.querySelector('.offer')).toBeNull();
  });

  it('offers it again if saving fails, and says so', async () => {
    stored.file = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    await shown();
    await until(() => text() !== '');
    await press('Save');
    await until(() => text().includes('was interrupted'));
    await until(() => document.body.textContent?.includes('couldn’t be saved') === true);
    expect(stored.told).toEqual(['one released']);
    expect(downloads).toEqual([]);
  });

  it('says if another window has taken it', async () => {
    await shown();
    await until(() => text() !== '');
    stored.isHere = false;
    await press('Save');
    await until(() => element.querySelector('.offer') === null);
    await until(() => document.body.textContent?.includes('Another window') === true);
  });
});
