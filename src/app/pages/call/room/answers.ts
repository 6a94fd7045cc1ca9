import { afterRenderEffect, DOCUMENT, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter } from 'rxjs';

import { Call } from '../../../call/call';
import type { Outcome, Waiting } from '../../../call/call-state';
import { injectTexts } from '../../../i18n/i18n';
import { knockTexts } from '../../../i18n/knock';
import { Announcer } from '../../../ui/announcer';
import { Snack } from '../../../ui/snack/snack';
import { RoomEnd } from './room-end';

/** This member's answers to guests who wait. A second press on the same guest does nothing while the first is in flight. */
@Injectable()
export class Answers {
  private readonly t = injectTexts(knockTexts);
  private readonly call = inject(Call);
  private readonly announcer = inject(Announcer);
  private readonly snack = inject(Snack);
  private readonly document = inject(DOCUMENT);
  private readonly roomEnd = inject(RoomEnd).signal;
  private readonly answered = new Set<string>();
  private hasLetIn = false;

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
    return this.answered.size > 0 || this.hasLetIn;
  }

  /**
   * Moves the focus to the panel's title when the pressed button has gone with a person in this list. Must be called in an
   * injection context.
   */
  keepFocus(people: () => unknown): void {
    afterRenderEffect(() => {
      people();
      if (this.given && this.document.activeElement === this.document.body) {
        this.document.getElementById('panel-title')?.focus();
      }
    });
  }

  admit(guest: Waiting): void {
    if (!this.isFirst(guest)) return;
    const name = this.nameOf(guest);
    void this.call.admit(guest.id).then((outcome) => {
      if (outcome === 'done') this.announcer.say(this.t('admitted', { name }));
      else this.tellLate(outcome, name);
    });
  }

  admitAll(waiting: readonly Waiting[]): void {
    for (const guest of waiting) this.admit(guest);
  }

  /** @param isHost whether this member may change the answer, which is offered for a few seconds */
  refuse(guest: Waiting, isHost: boolean): void {
    if (!this.isFirst(guest)) return;
    const name = this.nameOf(guest);
    void this.call.refuse(guest.id).then((outcome) => {
      if (outcome !== 'done') return this.tellLate(outcome, name);
      const text = this.t('refused', { name });
      if (!isHost) return this.announcer.say(text);
      const action = { label: this.t('undo'), do: () => this.letIn(guest) };
      void this.snack.show(text, { action, position: 'top', until: this.roomEnd });
    });
  }

  /** For the host: lets a person in whom the host, or another member, turned away. */
  letIn(person: Pick<Waiting, 'id' | 'name'>): void {
    this.hasLetIn = true;
    const name = this.nameOf(person);
    void this.call.admit(person.id).then((outcome) => {
      if (outcome === 'done') this.announcer.say(this.t('canJoin', { name }));
    });
  }

  nameOf({ name }: Pick<Waiting, 'name'>): string {
    return name || this.t('guest');
  }

  /** Another notice says what could not be saved. */
  private tellLate(outcome: Outcome, name: string): void {
    if (outcome === 'decided')
      void this.snack.show(this.t('decided', { name }), { position: 'top', until: this.roomEnd });
  }

  /** A guest may knock again later, which is another knock. */
  private isFirst({ id, since }: Waiting): boolean {
    const knock = `${id} ${since}`;
    if (this.answered.has(knock)) return false;
    this.answered.add(knock);
    return true;
  }
}
