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
import { EMPTY, filter, firstValueFrom, map, type Observable } from 'rxjs';

import { Call } from '../../call/call';
import type { CallState } from '../../call/call-state';
import { provideCall } from '../../call/provide-call';
import { provideLocalMedia } from '../../media/device-media';
import { LocalMedia } from '../../media/local-media';
import type { CameraOnEntering } from '../../people/people';
import { CallPage } from './call-page';

const BEFORE: ReadonlySet<CallState['phase']> = new Set(['opening', 'prejoin', 'joining', 'entering']);

/** Whether this person is still joining, or connecting to the peers. */
const onTheWay = (state: CallState): boolean =>
  state.phase === 'seated'
    ? state.members.some(({ status }) => status === 'waiting' || status === 'connecting')
    : BEFORE.has(state.phase);

/** The environment of a visit to a call. */
const visitIn = (parent: EnvironmentInjector): EnvironmentInjector =>
  createEnvironmentInjector([provideCall(), provideLocalMedia()], parent);

/** A visit to a call, and its page if it is already rendered. The holder must destroy both. */
export interface PreparedVisit {
  readonly injector: EnvironmentInjector;
  readonly page: ComponentRef<CallPage> | null;
}

/** The page of a visit, not yet in the document. */
export const pageOf = (injector: EnvironmentInjector): ComponentRef<CallPage> => {
  const page = createComponent(CallPage, { environmentInjector: injector });
  injector.get(ApplicationRef).attachView(page.hostView);
  return page;
};

/**
 * The call of an incoming ring, prepared while it rings, so that accepting takes no longer than joining. Until then, only the
 * provisional answer goes to the peer, without any address, and microphone and camera stay closed.
 */
@Injectable({ providedIn: 'root' })
export class CallAhead {
  private readonly parent = inject(EnvironmentInjector);
  private readonly body = inject(DOCUMENT).body;
  private held: (PreparedVisit & { readonly code: string }) | null = null;

  /**
   * The returned function discards the preparation, unless the call has been visited.
   *
   * @param name name to publish a provisional answer under, or null to publish none
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

  /** Renders the page out of sight, so that the slowest part of entering is done before the press. */
  draw(): void {
    const { held } = this;
    if (held === null || held.page !== null) return;
    const page = pageOf(held.injector);
    page.setInput('visited', false);
    this.body.append(page.location.nativeElement as Node);
    this.held = { ...held, page };
  }

  /** Names of the members of the prepared call, once known; empty for a member without a name. */
  get names$(): Observable<readonly string[]> {
    const state$ = this.held?.injector.get(Call).state$ ?? EMPTY;
    return state$.pipe(
      map((state) => (state.phase === 'prejoin' ? state.others.map(({ name }) => name) : [])),
    );
  }

  /** Prepares for joining: the button is about to be pressed. */
  warm(): void {
    this.held?.injector.get(Call).prepare();
  }

  /**
   * Joins the call if it is the prepared one; its page may still be missing. Resolves when the peers are connected, or joining
   * has failed. Never rejects.
   */
  async join(code: string, name: string, camera: CameraOnEntering = 'asRemembered'): Promise<void> {
    if (this.held?.code !== code) return;
    // The call opens the devices: afterwards would be too late.
    if (camera === 'off') this.held.injector.get(LocalMedia).keepOff('camera', true);
    const call = this.held.injector.get(Call);
    call.open(code, 'join', name);
    await firstValueFrom(call.state$.pipe(filter((state) => !onTheWay(state))), {
      defaultValue: null,
    });
  }

  /** Hands the environment over to a visit, which must destroy it in the end. */
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
