import { DestroyRef, effect, inject, Injectable, untracked } from '@angular/core';

import { People, type RingOutcome } from '../../people/people';
import { Announcer } from '../../ui/announcer';
import { Snack } from '../../ui/snack/snack';
import { injectOutcomeWords } from './outcome-words';

/** Whether the list that shows the rings into the call is on the screen. */
@Injectable({ providedIn: 'root' })
export class AddPanelShown {
  private count = 0;

  get now(): boolean {
    return this.count > 0;
  }

  /** Counts as shown until the component or service that calls this is destroyed. */
  while(): void {
    this.count++;
    inject(DestroyRef).onDestroy(() => this.count--);
  }
}

/** Tells how the rings into the call end, where their list doesn't. Must be called in an injection context. */
export const tellIntoCall = (): void => {
  const people = inject(People);
  const announcer = inject(Announcer);
  const snack = inject(Snack);
  const panel = inject(AddPanelShown);
  const words = injectOutcomeWords();
  let told: ReadonlyMap<string, RingOutcome> = new Map();
  effect(() => {
    const rings = people.intoCall();
    untracked(() => {
      for (const ring of rings) {
        if (told.get(ring.to.uid) === ring.outcome) continue;
        const { heading } = words(ring);
        const text = ring.message ? `${heading}: ${ring.message}` : heading;
        const isOver = ring.outcome !== 'ringing' && ring.outcome !== 'accepted';
        // The snack bar announces its text itself.
        if (isOver && !panel.now) void snack.show(text, { position: 'top' });
        else announcer.say(text);
      }
    });
    told = new Map(rings.map(({ to, outcome }) => [to.uid, outcome]));
  });
};
