import { expect as playwright, type Page } from '@playwright/test';

import { linksOf } from './flow';
import type { Person } from './person';
import { pass } from './time';
import { within } from '../../tools/patience.mjs';

// The limit that the suites configure; soak tests run without their configuration.
const expect = playwright.configure({ timeout: within(15_000) });

/** Limit for asking a page what it shows, in ms. */
const DIAGNOSIS = 10_000;

/** Ada, the host, and three others: as many as can be told apart. */
export type Four = readonly [ada: Person, ben: Person, cleo: Person, dan: Person];

/** These people, and no others, are in a call; everyone sees and hears everyone. */
export async function areFullMesh(...people: readonly Person[]): Promise<void> {
  try {
    // One after the other: to look and to listen takes processor time, of which four browsers leave little.
    for (const one of people) await seesAll(one, people);
  } catch (error) {
    throw new Error((await Promise.all(people.map(situationOf))).join('\n'), { cause: error });
  }
}

async function seesAll(one: Person, people: readonly Person[]): Promise<void> {
  await expect(one.status).toHaveAttribute('data-status', 'connected');
  // One of them is the person's own.
  await expect(one.page.getByRole('article')).toHaveCount(people.length);
  for (const other of people) if (other !== one) await one.seesAndHears(other);
}

/** What a person's page shows, and the states of its connections, for the message of a failed test. */
async function situationOf({ name, page }: Person): Promise<string> {
  const lines = await Promise.race([linesOf(page), pass(DIAGNOSIS)]);
  return [name, ...(lines ?? ['The page does not answer.'])].join('\n  ');
}

async function linesOf(page: Page): Promise<readonly string[]> {
  const shown = await page.evaluate(() => [
    document.querySelector('h1')?.textContent ?? '',
    ...[...document.querySelectorAll('article')].map(
      (tile) => `${tile.ariaLabel}: ${tile.dataset['status'] ?? ''} ${tile.innerText.replaceAll('\n', ' ')}`,
    ),
  ]);
  return [...shown, ...(await linksOf(page))];
}

/** Opens a call's link in a page that shows something else, up to the button that joins. */
export async function comeToTheDoor(person: Person, link: string): Promise<void> {
  await person.goHome();
  await person.open(link);
  await expect(person.joinButton).toBeEnabled();
}

/** What happens to a call at one moment in several places. */
export interface Race {
  readonly name: string;
  /** Begins and ends with all four in the call, though they may not be connected yet at the end. */
  readonly run: (people: Four) => Promise<void>;
}

export const races: readonly Race[] = [
  {
    name: 'two people join at the same moment',
    run: async ([{ link }, , cleo, dan]) => {
      await both(cleo, dan, (one) => one.leave());
      await both(cleo, dan, (one) => comeToTheDoor(one, link));
      await both(cleo, dan, (one) => one.joinNow());
    },
  },
  {
    name: 'a member leaves while another person joins',
    run: async ([ada, ben, cleo, dan]) => {
      await dan.leave();
      await comeToTheDoor(dan, ada.link);
      await Promise.all([cleo.leave(), dan.joinNow()]);
      await areFullMesh(ada, ben, dan);
      await rejoin(cleo);
    },
  },
  {
    name: 'a member’s page is reloaded while another person joins',
    run: async ([{ link }, ben, , dan]) => {
      await dan.leave();
      await comeToTheDoor(dan, link);
      await Promise.all([reload(ben), dan.joinNow()]);
    },
  },
  {
    name: 'the host leaves while another person joins, and the others go on',
    run: async ([ada, ben, cleo, dan]) => {
      await dan.leave();
      await comeToTheDoor(dan, ada.link);
      await Promise.all([ada.leave(), dan.joinNow()]);
      await areFullMesh(ben, cleo, dan);
      await rejoin(ada);
    },
  },
];

const both = (one: Person, other: Person, act: (person: Person) => Promise<void>): Promise<unknown> =>
  Promise.all([act(one), act(other)]);

async function rejoin(person: Person): Promise<void> {
  await person.press('Rejoin');
  await expect(person.controls).toBeVisible();
}

async function reload(person: Person): Promise<void> {
  await person.page.reload();
  await expect(person.controls).toBeVisible();
}
