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

/** What is remembered under this while rings were missed. */
export const missedKey = 'parley.missed';

/** Whether people are to be fetched though nobody asks for them: one was visible when the page went, or was rung in vain. */
export const RETURNING = new InjectionToken<() => boolean>('returning to people', {
  providedIn: 'root',
  factory: () => {
    const remembered = inject(Remembered);
    const visible = inject(VisibleMemory);
    return () => visible.wish() !== null || remembered.get(missedKey) !== null;
  },
});

/**
 * Fetches what stands behind `People` and `Acquaintances`, once for the whole app: the start page and calls by code do
 * without. Both can be injected by what is shown after `load`.
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

/** For the app: `People` and `Acquaintances` as the loader has fetched them. Not to be injected before that. */
export const provideFetchedPeople = (): Provider => [
  { provide: People, useFactory: () => inject(PeopleLoader).get(People) },
  { provide: Acquaintances, useFactory: () => inject(PeopleLoader).get(Acquaintances) },
];
