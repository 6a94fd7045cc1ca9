import {
  computed,
  createEnvironmentInjector,
  effect,
  EnvironmentInjector,
  inject,
  Injectable,
  InjectionToken,
  signal,
  type Provider,
  type ProviderToken,
} from '@angular/core';

import { Parts } from '../../loading/parts';
import { Acquaintances } from '../../people/acquaintances';
import { People } from '../../people/people';
import { VisibleMemory } from '../../people/visible-memory';
import { Remembered } from '../../storage/remembered';

/** Storage key that is set while there are missed rings. */
export const missedKey = 'parley.missed';

/** Whether to load `People` without a request: the person was visible when the page closed, or missed a ring. */
export const RETURNING = new InjectionToken<() => boolean>('returning to people', {
  providedIn: 'root',
  factory: () => {
    const remembered = inject(Remembered);
    const visible = inject(VisibleMemory);
    return () => visible.wish() !== null || remembered.get(missedKey) !== null;
  },
});

/**
 * Loads the implementations of `People` and `Acquaintances`, once for the whole app: the start page and calls by code don't
 * need them. What is shown after `load` can inject both.
 */
@Injectable({ providedIn: 'root' })
export class PeopleLoader {
  private readonly parts = inject(Parts);
  private readonly remembered = inject(Remembered);
  private readonly parent = inject(EnvironmentInjector);
  private readonly injector = signal<EnvironmentInjector | null>(null);
  private loading: Promise<void> | null = null;

  readonly arrived = computed(() => this.injector() !== null);

  /** Resolves when both can be injected. */
  load(): Promise<void> {
    this.loading ??= this.fetch();
    return this.loading;
  }

  /** Throws before `load` has resolved. */
  get<T>(token: ProviderToken<T>): T {
    const injector = this.injector();
    if (!injector) throw new Error('people have not been fetched');
    return injector.get(token);
  }

  private async fetch(): Promise<void> {
    const { providePeople } = await this.parts.load(() => import('../../people/provide-people'));
    const injector = createEnvironmentInjector([providePeople()], this.parent);
    const { missed } = injector.get(Acquaintances);
    effect(() => this.remembered.set(missedKey, missed() > 0 ? 'yes' : null), { injector });
    this.injector.set(injector);
  }
}

/** For the app: `People` and `Acquaintances` from the loader. Must not be injected before they are loaded. */
export const provideFetchedPeople = (): Provider => [
  { provide: People, useFactory: () => inject(PeopleLoader).get(People) },
  { provide: Acquaintances, useFactory: () => inject(PeopleLoader).get(Acquaintances) },
];
