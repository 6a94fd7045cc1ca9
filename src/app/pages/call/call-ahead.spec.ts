import { EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BehaviorSubject, filter, firstValueFrom, timeout } from 'rxjs';

import { Call } from '../../call/call';
import type { CallState } from '../../call/call-state';
import { newCode } from '../../call/code';
import { LiveCall } from '../../call/live-call';
import { CONNECT } from '../../firebase/firebase';
import { LocalMedia } from '../../media/local-media';
import { fakeMember, fakeSeated } from '../../testing/fake-call';
import { MemoryDatabase, type MemoryDocuments } from '../../testing/memory-documents';
import { CallAhead } from './call-ahead';
import { within } from '../../testing/within';

describe('CallAhead', () => {
  let documents: MemoryDocuments;
  let ahead: CallAhead;
  let visits: EnvironmentInjector[];
  let code: string;

  const visit = (to: string | null) => {
    const { injector } = ahead.visit(to);
    visits.push(injector);
    return injector;
  };
  const phaseOf = (call: Call, phase: CallState['phase']) =>
    firstValueFrom(
      call.state$.pipe(
        filter((state) => state.phase === phase),
        timeout(within(4_000)),
      ),
    );
  const read = async () => (await firstValueFrom(documents.operations$)).reads;
  const untilRead = async () => {
    while ((await read()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  beforeEach(() => {
    sessionStorage.clear();
    documents = new MemoryDatabase().user('ben');
    TestBed.configureTestingModule({
      providers: [{ provide: CONNECT, useValue: () => Promise.resolve(documents) }],
    });
    ahead = TestBed.inject(CallAhead);
    visits = [];
    code = newCode();
  });
  afterEach(() => visits.forEach((injector) => injector.destroy()));

  it('joins the prepared call before its page exists, and resolves when that is done', async () => {
    spyOn(navigator.mediaDevices, 'getUserMedia').and.rejectWith(new DOMException('', 'NotFoundError'));
    ahead.prepare(code);
    await untilRead();
    const joined = ahead.join(code, 'Ben');
    const call = visit(code).get(Call);
    await joined;
    expect((await firstValueFrom(call.state$)).phase).toBe('seated');
  });

  for (const [what, last] of [
    ['those inside are reached', fakeSeated({ members: [fakeMember()] })],
    ['there is no way in', { phase: 'full' }],
  ] as const) {
    it(`stops waiting for the join when ${what}`, async () => {
      const states = new BehaviorSubject<CallState>({ phase: 'joining', fresh: false });
      spyOn(LiveCall.prototype, 'open').and.callFake(function (this: LiveCall) {
        Object.defineProperty(this, 'state$', { value: states });
      });
      ahead.prepare(code);
      let done = false;
      const joined = ahead.join(code, 'Ben').then(() => (done = true));
      for (const status of ['waiting', 'connecting'] as const) {
        states.next(fakeSeated({ members: [fakeMember({ status })] }));
        await new Promise((resolve) => setTimeout(resolve));
        expect(done).toBeFalse();
      }
      states.next(last);
      await joined;
      expect(done).toBeTrue();
      visit(code);
    });
  }

  it('joins without camera: it is not opened at any moment', async () => {
    localStorage.removeItem('parley.devices');
    const asked = spyOn(navigator.mediaDevices, 'getUserMedia').and.rejectWith(
      new DOMException('', 'NotFoundError'),
    );
    ahead.prepare(code);
    await untilRead();
    const joined = ahead.join(code, 'Ben', 'off');
    const media = visit(code).get(LocalMedia);
    await joined;
    expect((await firstValueFrom(media.camera$)).status).toBe('off');
    expect(asked.calls.allArgs().filter(([constraints]) => constraints?.video)).toEqual([]);
  });

  it('prepares for joining when the button is about to be pressed', async () => {
    const prepared = spyOn(LiveCall.prototype, 'prepare');
    ahead.warm();
    expect(prepared).not.toHaveBeenCalled();
    ahead.prepare(code);
    await untilRead();
    prepared.calls.reset();
    ahead.warm();
    expect(prepared).toHaveBeenCalledTimes(1);
    visit(code);
  });

  it('resolves at once if a different call was prepared', async () => {
    ahead.prepare(newCode());
    await ahead.join(code, 'Ben');
    expect((await firstValueFrom(visit(code).get(Call).state$)).phase).toBe('opening');
  });

  it('hands the call to its visit, once', async () => {
    ahead.prepare(code);
    await untilRead();
    const first = visit(code);
    let opened: CallState | null = null;
    first
      .get(Call)
      .state$.subscribe((state) => (opened = state))
      .unsubscribe();
    await phaseOf(first.get(Call), 'absent');
    expect(opened).not.toBeNull();
    const second = visit(code);
    expect(second).not.toBe(first);
    expect((await firstValueFrom(second.get(Call).state$)).phase).toBe('opening');
  });

  it('opens neither microphone nor camera', async () => {
    const asked = spyOn(navigator.mediaDevices, 'getUserMedia').and.rejectWith(
      new DOMException('', 'NotFoundError'),
    );
    ahead.prepare(code);
    await untilRead();
    await phaseOf(visit(code).get(Call), 'absent');
    expect(asked).not.toHaveBeenCalled();
  });

  it('is for that call only', async () => {
    const giveUp = ahead.prepare(code);
    await untilRead();
    const other = visit(newCode());
    expect((await firstValueFrom(other.get(Call).state$)).phase).toBe('opening');
    const none = visit(null);
    expect(none).not.toBe(other);
    // The prepared call still exists.
    await phaseOf(visit(code).get(Call), 'absent');
    giveUp();
  });

  it('discards the call if it is not visited', async () => {
    const giveUp = ahead.prepare(code);
    await untilRead();
    giveUp();
    expect((await firstValueFrom(visit(code).get(Call).state$)).phase).toBe('opening');
  });

  it('keeps the call once it is visited, or another has been prepared', async () => {
    const giveUp = ahead.prepare(code);
    await untilRead();
    const visited = visit(code);
    giveUp();
    await phaseOf(visited.get(Call), 'absent');
    const first = ahead.prepare(newCode());
    const next = newCode();
    ahead.prepare(next);
    first();
    await phaseOf(visit(next).get(Call), 'absent');
  });
});
