import { inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter } from 'rxjs';

import { Call } from '../../../call/call';
import type { Waiting } from '../../../call/call-state';
import { injectTexts } from '../../../i18n/i18n';
import { knockTexts } from '../../../i18n/knock';
import { Announcer } from '../../../ui/announcer';
import { Snack } from '../../../ui/snack/snack';

/** This member's answers to guests who wait. A second press on the same guest does nothing while the first is in flight. */
@Injectable()
export class Answers {
  private readonly t = injectTexts(knockTexts);
  private readonly call = inject(Call);
  private readonly announcer = inject(Announcer);
  private readonly snack = inject(Snack);
  private readonly answered = new Set<string>();

  constructor() {
    this.call.notices$
      .pipe(
        filter(({ kind }) => kind === 'unsaved'),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.answered.clear());
  }

  /** Whether this member has answered anyone. */
  get given(): boolean {
    return this.answered.size > 0;
  }

  admit(guest: Waiting): void {
    if (!this.isFirst(guest)) return;
    this.call.admit(guest.id);
    this.announcer.say(this.t('admitted', { name: this.nameOf(guest) }));
  }

  admitAll(waiting: readonly Waiting[]): void {
    for (const guest of waiting) this.admit(guest);
  }

  /** @param isHost whether this member may change the answer, which is offered for a few seconds */
  refuse(guest: Waiting, isHost: boolean): void {
    if (!this.isFirst(guest)) return;
    this.call.refuse(guest.id);
    const text = this.t('refused', { name: this.nameOf(guest) });
    if (!isHost) return this.announcer.say(text);
    const action = { label: this.t('undo'), do: () => this.call.admit(guest.id) };
    void this.snack.show(text, { action, position: 'top' });
  }

  nameOf({ name }: Waiting): string {
    return name || this.t('guest');
  }

  /** A guest may knock again later, which is another knock. */
  private isFirst({ id, since }: Waiting): boolean {
    const knock = `${id} ${since}`;
    if (this.answered.has(knock)) return false;
    this.answered.add(knock);
    return true;
  }
}
