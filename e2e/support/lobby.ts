import { expect, type Locator } from '@playwright/test';

import type { Person } from './person';

/** Makes a lobby; gives its link. */
export async function makeLobby({ page, home }: Person): Promise<string> {
  await page.goto(`${home}/lobby`);
  await page.getByRole('button', { name: 'Make a lobby' }).click();
  await expect(page.getByRole('heading', { name: 'People' })).toBeVisible();
  return page.url();
}

/** Goes to a lobby and is visible there. */
export async function appearAt(person: Person, link: string): Promise<void> {
  await person.page.goto(link);
  await appear(person);
}

/** Is visible in the lobby of this page. */
export async function appear({ page, name }: Person): Promise<void> {
  await page.getByRole('textbox', { name: 'Your name' }).fill(name);
  await page.getByRole('switch', { name: 'Appear online' }).click();
  await expect(page.getByText(`You are here as ${name} and can be called`)).toBeVisible();
}

/** The entry of somebody in the list that is on the screen. */
export const entryOf = ({ page }: Person, whose: Person): Locator =>
  page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: whose.name });

export async function call(caller: Person, callee: Person): Promise<void> {
  await caller.page.getByRole('button', { name: `Call ${callee.name}`, exact: true }).click();
}

/** What asks somebody to answer. */
export const sheetOf = ({ page }: Person, caller: Person): Locator =>
  page.getByRole('dialog', { name: `${caller.name} is calling` });

/** What a caller is told. */
export const outcomeOf = ({ page }: Person, words: string | RegExp): Locator =>
  page.getByRole('heading', { name: words });
