import { DestroyRef, inject, Injectable } from '@angular/core';
import { BehaviorSubject, firstValueFrom, map, merge, Observable, of, switchMap } from 'rxjs';

import { Parts } from '../loading/parts';
import { noted } from '../log/note';
import { Peers } from '../wire/peers';
import { fileMessages } from './file-messages';
import type { Offering } from './offering';
import type { GivenFile } from './outgoing';
import type { Transfer } from './transfer';
import type { Said, Transfers } from './transfers';

/** Files in a call. The code that does the work loads when the first file is offered, from either side. */
@Injectable()
export class Files {
  private readonly peers = inject(Peers);
  private readonly parts = inject(Parts);
  private readonly engine = new BehaviorSubject<Transfers | null>(null);
  private loading: Promise<Transfers> | null = null;
  private closed = false;

  /** All transfers, in the order in which they were offered. */
  readonly transfers$: Observable<readonly Transfer[]> = this.engine.pipe(
    switchMap((engine) => engine?.transfers$ ?? of([])),
  );
  /** The files that were offered, each with its transfers. */
  readonly offerings$: Observable<readonly Offering[]> = this.engine.pipe(
    switchMap((engine) => engine?.offerings$ ?? of([])),
  );
  /** The other members that files can be offered to. */
  readonly others$ = this.peers.peers$;

  constructor() {
    const hearing = this.peers.peers$
      .pipe(
        switchMap((peers) =>
          merge(
            ...peers.map((peer) =>
              peer.messages(fileMessages).pipe(map((message): Said => ({ peer, message }))),
            ),
          ),
        ),
      )
      // Messages stay in order: all wait for the same promise.
      .subscribe((said) => void this.load().then((engine) => engine.hear(said), noted('files', 'load')));
    inject(DestroyRef).onDestroy(() => {
      this.closed = true;
      hearing.unsubscribe();
      this.engine.value?.close();
    });
  }

  /**
   * Offers files to the members with these sessions, to no one else. Resolves to the number of files that could not be offered
   * because there are too many; to null when none of the receivers is in the call.
   */
  async offer(files: readonly GivenFile[], to: readonly string[]): Promise<number | null> {
    const receivers$ = this.peers.peers$.pipe(
      map((peers) => peers.filter(({ session }) => to.includes(session))),
    );
    if ((await firstValueFrom(receivers$)).length === 0) return null;
    const engine = await this.load();
    const receivers = await firstValueFrom(receivers$);
    return receivers.length === 0 ? null : files.length - engine.offer(files, receivers);
  }

  async accept(key: string): Promise<void> {
    // An offer implies that the engine is loaded. Asking where to put a file must not wait for anything.
    await this.engine.value?.accept(key);
  }

  async acceptAll(keys: readonly string[]): Promise<void> {
    await this.engine.value?.acceptAll(keys);
  }

  decline(key: string): void {
    this.engine.value?.decline(key);
  }

  cancel(key: string): void {
    this.engine.value?.cancel(key);
  }

  forget(key: string): void {
    this.engine.value?.forget(key);
  }

  private load(): Promise<Transfers> {
    this.loading ??= this.fetch().catch((error: unknown) => {
      this.loading = null;
      throw error;
    });
    return this.loading;
  }

  private async fetch(): Promise<Transfers> {
    const [{ Transfers }, { FilePlaces }] = await Promise.all([
      this.parts.load(() => import('./transfers')),
      this.parts.load(() => import('./file-places')),
    ]);
    const engine = new Transfers(this.peers, await FilePlaces.look());
    if (this.closed) engine.close();
    else this.engine.next(engine);
    return engine;
  }
}
