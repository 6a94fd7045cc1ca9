import {
  ApplicationRef,
  type ComponentRef,
  createComponent,
  createEnvironmentInjector,
  DOCUMENT,
  EnvironmentInjector,
  inject,
  Injectable,
} from '@angular/core';
import { filter, firstValueFrom } from 'rxjs';

import { Call } from '../../call/call';
import type { CallState } from '../../call/call-state';
import { provideCall } from '../../call/provide-call';
import { provideLocalMedia } from '../../media/device-media';
import { CallPage } from './call-page';

const BEFORE: ReadonlySet<CallState['phase']> = new Set(['opening', 'prejoin', 'joining', 'entering']);

/** Whether somebody is still on the way to the others in the call. */
const onTheWay = (state: CallState): boolean =>
  state.phase === 'seated'
    ? state.members.some(({ status }) => status === 'waiting' || status === 'connecting')
    : BEFORE.has(state.phase);

/** What a visit to a call stands on. */
const visitIn = (parent: EnvironmentInjector): EnvironmentInjector =>
  createEnvironmentInjector([provideCall(), provideLocalMedia()], parent);

/** A visit to a call, and its page as far as that is drawn. Whoever has it destroys both. */
export interface PreparedVisit {
  readonly injector: EnvironmentInjector;
  readonly page: ComponentRef<CallPage> | null;
}

/** The page of a visit, in no place yet. */
export const pageOf = (injector: EnvironmentInjector): ComponentRef<CallPage> => {
  const page = createComponent(CallPage, { environmentInjector: injector });
  injector.get(ApplicationRef).attachView(page.hostView);
  return page;
};

/**
 * The call that a ring asks into, prepared while it rings, so that accepting takes no longer than joining. Before that nothing
 * goes to the other side but what would be answered, with no address in it, and microphone and camera stay closed.
 */
@Injectable({ providedIn: 'root' })
export class CallAhead {
  private readonly parent = inject(EnvironmentInjector);
  private readonly body = inject(DOCUMENT).body;
  private held: (PreparedVisit & { readonly code: string }) | null = null;

  /**
   * The returned function gives it up again, unless the call has been visited.
   *
   * @param name under which the others are told what would be answered; null when they are not
   */
  prepare(code: string, name: string | null = null): () => void {
    this.drop();
    const injector = visitIn(this.parent);
    injector.get(Call).openAhead(code, name);
    this.held = { code, injector, page: null };
    return () => {
      if (this.held?.injector === injector) this.drop();
    };
  }

  /** Draws its page where nobody sees it, so that what takes longest on the way in is done before the press. */
  draw(): void {
    const { held } = this;
    if (held === null || held.page !== null) return;
    const page = pageOf(held.injector);
    page.setInput('visited', false);
    this.body.append(page.location.nativeElement as Node);
    this.held = { ...held, page };
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
  visit(code: string | null): PreparedVisit {
    const { held } = this;
    if (held === null || held.code !== code) return { injector: visitIn(this.parent), page: null };
    this.held = null;
    return held;
  }

  private drop(): void {
    this.held?.page?.destroy();
    this.held?.injector.destroy();
    this.held = null;
  }
}
