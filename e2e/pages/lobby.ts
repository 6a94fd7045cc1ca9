import type { Locator, Page } from '@playwright/test';

import { peopleEn } from '../../src/app/i18n/people.en';
import { expect } from './app';

/** Creates a lobby and stays in it. Resolves to its URL. */
export async function newLobby(page: Page): Promise<string> {
  await page.goto('/lobby');
  await page.getByRole('button', { name: peopleEn['lobby.make'] }).click();
  await expect(page.getByText(peopleEn.nobody)).toBeVisible();
  return page.url();
}

/** Appears in the lobby that this page shows. */
export async function appear(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: peopleEn.name }).fill(name);
  await page.getByRole('switch', { name: peopleEn.appear }).click();
  await expect(page.getByText(peopleEn.visible.replace('{name}', name))).toBeVisible();
}

/** The button that calls a person, once they are listed. */
export const callButton = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: peopleEn['call.name'].replace('{name}', name), exact: true });

/** The sheet that asks the callee to answer. */
export const sheet = (page: Page, caller: string): Locator =>
  page.getByRole('dialog', { name: peopleEn['in.title'].replace('{name}', caller) });

/** The region that shows the state of an outgoing ring. */
export const outgoing = (page: Page, text: 'out.title' | 'out.declined', callee: string): Locator =>
  page.getByRole('region', { name: peopleEn[text].replace('{name}', callee) });
