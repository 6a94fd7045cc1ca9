import { expect, type Locator, type Page } from '@playwright/test';

import { idOf } from '../../tools/lobby-code.mjs';
import { Database, timestamp, type Fields } from './firestore';
import type { Person } from './person';

/** Creates a lobby. Resolves to its link. */
export async function makeLobby({ page, home }: Person): Promise<string> {
  await page.goto(`${home}/lobby`);
  await page.getByRole('button', { name: 'Create a circle' }).click();
  await expect(page.getByRole('heading', { name: 'People online' })).toBeVisible();
  return page.url();
}

/** Opens a lobby and appears there. */
export async function appearAt(person: Person, link: string): Promise<void> {
  await person.page.goto(link);
  await appear(person);
}

/** The first person creates a lobby, and all of them appear there. Resolves to its link. */
export async function allAppear(first: Person, ...others: readonly Person[]): Promise<string> {
  const link = await makeLobby(first);
  await Promise.all([appear(first), ...others.map((one) => appearAt(one, link))]);
  return link;
}

/** Appears in the lobby that this page shows. */
export async function appear(person: Person): Promise<void> {
  await person.page.getByRole('textbox', { name: 'Your name' }).fill(person.name);
  await appearSwitch(person).click();
  await isVisibleThere(person);
}

/** The page says that this person is visible. */
export const isVisibleThere = ({ page, name }: Person): Promise<void> =>
  expect(page.getByText(`You’re online as ${name} and can be called`)).toBeVisible();

export const appearSwitch = ({ page }: Person): Locator =>
  page.getByRole('switch', { name: 'Appear online' });

/** A person's entry in the list on the screen. */
export const entryOf = ({ page }: Person, whose: Person): Locator =>
  page.getByRole('list', { name: 'People online' }).getByRole('listitem').filter({ hasText: whose.name });

export async function call(caller: Person, callee: Person): Promise<void> {
  await caller.page.getByRole('button', { name: `Call ${callee.name}`, exact: true }).click();
}

/** The sheet that asks the callee to answer. */
export const sheetOf = ({ page }: { readonly page: Page }, caller: { readonly name: string }): Locator =>
  page.getByRole('dialog', { name: `${caller.name} is calling` });

export async function answer(
  callee: { readonly page: Page },
  caller: { readonly name: string },
  how: 'Accept' | 'Answer without camera' | 'Decline',
): Promise<void> {
  await sheetOf(callee, caller).getByRole('button', { name: how, exact: true }).click();
}

/** The outcome that the caller is shown. */
export const outcomeOf = ({ page }: Person, words: string | RegExp): Locator =>
  page.getByRole('region', { name: words });

/** The message about a ring that ended without an answer on this page. */
export const endOf = ({ page }: { readonly page: Page }, words: string): Locator =>
  page.getByRole('region', { name: words, exact: true });

/** The recent calls that this device remembers, the latest first. */
export const recentOf = ({ page }: Person): Locator =>
  page.getByRole('list', { name: 'Recent' }).getByRole('listitem');

export const lobbyIdOf = (link: string): string => idOf(new URL(link).hash.slice(1), 'parley/1/lobby-id');

/** A person's uid. */
export const uidOf = ({ page }: Person): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opened = indexedDB.open('firebaseLocalStorageDb');
        opened.onerror = () => reject(new Error('no database of sign-ins'));
        opened.onsuccess = () => {
          const store = opened.result.transaction('firebaseLocalStorage').objectStore('firebaseLocalStorage');
          const all = store.getAll();
          all.onsuccess = () => {
            opened.result.close();
            const [entry] = all.result as { value?: { uid?: string } }[];
            if (entry?.value?.uid) resolve(entry.value.uid);
            else reject(new Error('nobody is signed in'));
          };
        };
      }),
  );

/** All entries of a lobby, by uid. The first of its documents has room for all people of a test. */
export async function entriesOf(link: string): Promise<Fields> {
  const fields = await (await Database.as()).get(shardOf(link));
  return entries(fields);
}

/** Makes the lease of a person's entry expire in `inTime` ms, as if the person had not been heard of for minutes. */
export async function endPresence(link: string, uid: string, inTime: number): Promise<void> {
  const database = await Database.as();
  const people = entries(await database.get(shardOf(link)));
  const entry = people[uid] as { mapValue: { fields: Fields } };
  const ending = { ...entry.mapValue.fields, lease: timestamp(Date.now() + inTime) };
  await database.change(shardOf(link), {
    people: { mapValue: { fields: { ...people, [uid]: { mapValue: { fields: ending } } } } },
  });
}

/**
 * Backdates the rings of a lobby so that the same people may ring again at once. The rules otherwise require ten seconds.
 */
export const endPause = (link: string): Promise<void> => dateRings(link, -60_000);

/** Lets the rings of a lobby be answered for minutes, as far as the rules go. The limit is 45 s otherwise. */
export const keepRinging = (link: string): Promise<void> => dateRings(link, 600_000);

async function dateRings(link: string, from: number): Promise<void> {
  const database = await Database.as();
  for (const { path } of await database.list(`lobbies/${lobbyIdOf(link)}/rings`))
    await database.change(path, { createdAt: timestamp(Date.now() + from) });
}

const shardOf = (link: string): string => `lobbies/${lobbyIdOf(link)}/people/0`;

const entries = (fields: Fields | null): Fields =>
  (fields?.['people'] as { mapValue?: { fields?: Fields } } | undefined)?.mapValue?.fields ?? {};
