import type { Locator, Page } from '@playwright/test';

import { peopleEn } from '../../src/app/i18n/people.en';
import { expect } from './app';

/** Makes a lobby and stays in it. Resolves to its address. */
export async function newLobby(page: Page): Promise<string> {
  await page.goto('/lobby');
  await page.getByRole('button', { name: peopleEn['lobby.make'] }).click();
  await expect(page.getByText(peopleEn.nobody)).toBeVisible();
  return page.url();
}

/** Is visible in the lobby of this page. */
export async function appear(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: peopleEn.name }).fill(name);
  await page.getByRole('switch', { name: peopleEn.appear }).click();
  await expect(page.getByText(peopleEn.visible.replace('{name}', name))).toBeVisible();
}

/** The button by which somebody is called, once they are listed. */
export const callButton = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: peopleEn['call.name'].replace('{name}', name), exact: true });

/** What asks somebody to answer. */
export const sheet = (page: Page, caller: string): Locator =>
  page.getByRole('dialog', { name: peopleEn['in.title'].replace('{name}', caller) });

/** Says something of a ring that went out. */
export const outgoing = (page: Page, text: 'out.title' | 'out.declined', callee: string): Locator =>
  page.getByRole('region', { name: peopleEn[text].replace('{name}', callee) });
