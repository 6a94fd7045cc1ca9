import { createEnvironmentInjector, EnvironmentInjector, inject, Injectable } from '@angular/core';
import { filter, firstValueFrom } from 'rxjs';

import { Call } from '../../call/call';
import type { CallState } from '../../call/call-state';
import { provideCall } from '../../call/provide-call';
import { provideLocalMedia } from '../../media/device-media';

const BEFORE: ReadonlySet<CallState['phase']> = new Set(['opening', 'prejoin', 'joining', 'entering']);

/** Whether somebody is still on the way to the others in the call. */
const onTheWay = (state: CallState): boolean =>
  state.phase === 'seated'
    ? state.members.some(({ status }) => status === 'waiting' || status === 'connecting')
    : BEFORE.has(state.phase);

/** What a visit to a call stands on. */
const visitIn = (parent: EnvironmentInjector): EnvironmentInjector =>
  createEnvironmentInjector([provideCall(), provideLocalMedia()], parent);

/**
 * The call that a ring asks into, prepared while it rings, so that accepting takes no longer than joining. Nothing goes to the
 * other side before, and microphone and camera stay closed.
 */
@Injectable({ providedIn: 'root' })
export class CallAhead {
  private readonly parent = inject(EnvironmentInjector);
  private held: { readonly code: string; readonly injector: EnvironmentInjector } | null = null;

  /** The returned function gives it up again, unless the call has been visited. */
  prepare(code: string): () => void {
    this.drop();
    const injector = visitIn(this.parent);
    injector.get(Call).openAhead(code);
    const held = { code, injector };
    this.held = held;
    return () => {
      if (this.held === held) this.drop();
    };
  }

  /** Opens the way for joining: the press is near. */
  warm(): void {
    this.held?.injector.get(Call).prepare();
  }

  /**
   * Joins the call if it is the one that was prepared: its page need not be there yet. Resolves once the others are reached,
   * or it is known that there is no way in. Never rejects.
   */
  async join(code: string, name: string): Promise<void> {
    if (this.held?.code !== code) return;
    const call = this.held.injector.get(Call);
    call.open(code, 'join', name);
    await firstValueFrom(call.state$.pipe(filter((state) => !onTheWay(state))), {
      defaultValue: null,
    });
  }

  /** For a visit to a call, which destroys it in the end. */
  visit(code: string | null): EnvironmentInjector {
    const { held } = this;
    if (held === null || held.code !== code) return visitIn(this.parent);
    this.held = null;
    return held.injector;
  }

  private drop(): void {
    this.held?.injector.destroy();
    this.held = null;
  }
}
