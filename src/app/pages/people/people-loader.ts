import {
  computed,
  createEnvironmentInjector,
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
import { Remembered } from '../../ui/remembered';

/** What is remembered under this while one is visible somewhere, or has missed rings. */
export const returningKey = 'parley.people';

/** Whether people are to be fetched though nobody asks for them: one was visible when the page went, or was rung in vain. */
export const RETURNING = new InjectionToken<() => boolean>('returning to people', {
  providedIn: 'root',
  factory: () => {
    const remembered = inject(Remembered);
    return () => remembered.get(returningKey) !== null;
  },
});

/**
 * Fetches what stands behind `People` and `Acquaintances`, once for the whole app: the start page and calls by code do
 * without. Both can be injected by what is shown after `load`.
 */
@Injectable({ providedIn: 'root' })
export class PeopleLoader {
  private readonly parts = inject(Parts);
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
    this.injector.set(createEnvironmentInjector([providePeople()], this.parent));
  }
}

/** For the app: `People` and `Acquaintances` as the loader has fetched them. */
export const provideFetchedPeople = (): Provider => [
  { provide: People, useFactory: () => inject(PeopleLoader).get(People) },
  { provide: Acquaintances, useFactory: () => inject(PeopleLoader).get(Acquaintances) },
];
