/** The languages Parley speaks. */
export type Language = 'en' | 'zh';

export const languages: readonly Language[] = ['en', 'zh'];

/** The `lang` attribute of each (BCP 47). */
export const languageTag: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-Hans' };

/** Texts by key; `{name}` in a text stands for a value. */
export type Messages = Readonly<Record<string, string>>;

/** What another language must hold to match the English `M`: the same keys, nothing more. */
export type Translation<M extends Messages> = Readonly<Record<keyof M, string>>;

/** A part of the texts, English at hand and Chinese fetched when wanted. */
export interface Texts<M extends Messages> {
  readonly en: M;
  readonly zh: () => Promise<Translation<M>>;
}

type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** The values a text needs: none, or an object with each of its placeholders. */
export type Values<S extends string> = [Placeholder<S>] extends [never]
  ? readonly []
  : readonly [values: Readonly<Record<Placeholder<S>, string | number>>];

/** Gives the text of a key in the present language. Reads signals: a template that calls it follows the language. */
export type Translate<M extends Messages> = <K extends keyof M>(key: K, ...values: Values<M[K]>) => string;
