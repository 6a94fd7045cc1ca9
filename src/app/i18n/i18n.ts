import {
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  inject,
  Injectable,
  PendingTasks,
  signal,
} from '@angular/core';

import { Parts } from '../loading/parts';
import { noteError } from '../log/note';
import { Remembered } from '../storage/remembered';
import { isolated } from '../text/isolate';
import { Language, languages, languageTag, Messages, Texts, Translate, Translation, Values } from './texts';

const key = 'parley.language';

/** The language among ours that suits the person best, by their browser's list; English if none does. */
export const preferredLanguage = (wanted: readonly string[]): Language => {
  for (const tag of wanted) {
    const primary = tag.toLowerCase().split('-')[0];
    const found = languages.find((language) => language === primary);
    if (found) return found;
  }
  return 'en';
};

/** The language of the page and its texts. Switching needs no reload. */
@Injectable({ providedIn: 'root' })
export class I18n {
  private readonly document = inject(DOCUMENT);
  private readonly remembered = inject(Remembered);
  private readonly parts = inject(Parts);
  /** Makes the app count as unstable while texts are loading. */
  private readonly tasks = inject(PendingTasks);
  /** Parts in use; each is fetched before the language switches, so that nothing shows half translated. */
  private readonly used = new Set<Texts<Messages>>();
  private readonly fetched = signal<ReadonlyMap<Texts<Messages>, Messages>>(new Map());
  private readonly current = signal<Language>(this.initial());
  private wanted: Language = this.current();

  readonly language = this.current.asReadonly();
  /** For `Intl` formatters. */
  readonly tag = computed(() => languageTag[this.current()]);
  private readonly plurals = computed(() => new Intl.PluralRules(this.tag()));
  private readonly lists = computed(() => new Intl.ListFormat(this.tag()));

  constructor() {
    effect(() => (this.document.documentElement.lang = this.tag()));
    this.followOtherWindows();
  }

  /** Remembers the language, and switches to it once its texts have arrived. */
  async use(language: Language): Promise<void> {
    const done = this.tasks.add();
    this.wanted = language;
    // Stored before the texts arrive, so that the choice survives a reload if they never do.
    this.remembered.set(key, language);
    try {
      await Promise.all([...this.used].map((part) => this.parts.load(() => this.fetch(part, language))));
      if (this.wanted === language) this.current.set(language);
    } finally {
      done();
    }
  }

  /**
   * Makes a part known and fetches it in the present language. Fit for a route's `resolve`: what does not arrive at once
   * is English until it does.
   */
  async load<M extends Messages>(part: Texts<M>): Promise<void> {
    const done = this.tasks.add();
    this.used.add(part);
    try {
      await this.fetch(part, this.wanted);
    } catch (error) {
      // Offline before the worker had stored this language: English is better than nothing.
      noteError('i18n', 'load', error);
      void this.parts.load(() => this.fetch(part, this.wanted));
    } finally {
      done();
    }
  }

  /** The text of a part's key in the present language, its placeholders filled. */
  text<M extends Messages, K extends keyof M>(part: Texts<M>, key: K, ...[values]: Values<M[K]>): string {
    const messages = this.current() === 'en' ? part.en : (this.fetched().get(part) ?? part.en);
    const text = (messages as M)[key] as string;
    return values ? fill(text, values) : text;
  }

  /** Which form of a counted text fits: keys end in `.one` and `.other` (CLDR plural categories of our languages). */
  plural(count: number): 'one' | 'other' {
    return this.plurals().select(count) === 'one' ? 'one' : 'other';
  }

  /** Names one after the other, joined as the language does. */
  list(names: readonly string[]): string {
    // A browser's first formatter of lists takes it as long as drawing the page: not for one name. See `prepareLists`.
    return names.length > 1 ? this.lists().format(names.map(isolated)) : (names[0] ?? '');
  }

  /** Creates the formatter of `list` ahead of its first use. */
  prepareLists(): void {
    this.lists();
  }

  private initial(): Language {
    const stored = this.remembered.get(key);
    return (
      languages.find((language) => language === stored) ??
      preferredLanguage(this.document.defaultView?.navigator.languages ?? [])
    );
  }

  /** What is chosen in one window holds in all. */
  private followOtherWindows(): void {
    const window = this.document.defaultView;
    const follow = (event: StorageEvent) => {
      const chosen = languages.find((language) => language === event.newValue);
      if (event.key === key && chosen) void this.use(chosen);
    };
    window?.addEventListener('storage', follow);
    inject(DestroyRef).onDestroy(() => window?.removeEventListener('storage', follow));
  }

  private async fetch<M extends Messages>(part: Texts<M>, language: Language): Promise<void> {
    if (language === 'en' || this.fetched().has(part)) return;
    const messages: Translation<M> = await part[language]();
    this.fetched.update((fetched) => new Map(fetched).set(part, messages));
  }
}

/** What is filled in can't change the direction of the words around it. */
const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => isolated(String(values[name] ?? placeholder)));

/** The translate function of a part, for a component's field: `protected readonly t = injectTexts(callTexts)`. */
export const injectTexts = <M extends Messages>(part: Texts<M>): Translate<M> => {
  const i18n = inject(I18n);
  void i18n.load(part);
  return (key, ...values) => i18n.text(part, key, ...values);
};
