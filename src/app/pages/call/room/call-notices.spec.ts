import { TestBed } from '@angular/core/testing';

import { Call } from '../../../call/call';
import { I18n } from '../../../i18n/i18n';
import { FakeCall } from '../../../testing/fake-call';
import { Announcer } from '../../../ui/announcer';
import { Sounds } from '../../../ui/sounds';
import { injectNotices } from './call-notices';

describe('injectNotices', () => {
  const room = async () => {
    const call = new FakeCall();
    TestBed.configureTestingModule({ providers: [{ provide: Call, useValue: call }] });
    await TestBed.inject(I18n).use('en');
    const said: string[] = [];
    const played: string[] = [];
    spyOn(TestBed.inject(Announcer), 'say').and.callFake((text) => said.push(text));
    spyOn(TestBed.inject(Sounds), 'play').and.callFake(async (sound) => void played.push(sound));
    return { call, said, played, remark: TestBed.runInInjectionContext(() => injectNotices()) };
  };

  it('shows who left for six seconds, and the latest of several', async () => {
    const { call, remark, said, played } = await room();
    jasmine.clock().install();
    try {
      expect(remark()).toBeNull();
      call.simulateNotice({ kind: 'left', name: 'Ann' });
      expect(remark()).toContain('Ann');
      jasmine.clock().tick(4_000);
      call.simulateNotice({ kind: 'lost', name: '' });
      jasmine.clock().tick(4_000);
      expect(remark()).toContain('Guest');
      jasmine.clock().tick(2_001);
      expect(remark()).toBeNull();
    } finally {
      jasmine.clock().uninstall();
    }
    // The status line is read out by itself.
    expect(said).toEqual([]);
    expect(played).toEqual(['left', 'left']);
  });

  it('reads out who joined, which the tiles show, with a sound after the picture', async () => {
    const { call, remark, said, played } = await room();
    jasmine.clock().install();
    try {
      call.simulateNotice({ kind: 'joined', name: 'Ann' });
      call.simulateNotice({ kind: 'joined', name: 'Bob' });
      expect(remark()).toBeNull();
      expect(said).toEqual([jasmine.stringContaining('Ann'), jasmine.stringContaining('Bob')]);
      expect(played).toEqual([]);
      jasmine.clock().tick(500);
      expect(played).toEqual(['joined', 'joined']);
    } finally {
      jasmine.clock().uninstall();
    }
  });
});
