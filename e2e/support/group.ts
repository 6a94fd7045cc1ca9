import { expect as playwright, type Page } from '@playwright/test';

import { linksOf } from './flow';
import type { Person } from './person';
import { pass } from './time';
import { within } from '../../tools/patience.mjs';

/**
 * Limit for being whole, in ms. On a busy machine, pictures are off at times for want of bits, and are tried again after 80 s
 * at the latest (see sending-level.ts and steady-rung.ts).
 */
const WHOLE = within(30_000) + 80_000;

// Soak tests run without the limit that the suites configure.
const expect = playwright.configure({ timeout: within(15_000) });

/** Limit for asking a page what it shows, in ms. */
const DIAGNOSIS = 10_000;

/** The host, a member, and at least one more. */
export type Group = readonly [host: Person, member: Person, ...others: Person[]];

/** These people, and no others, are in a call; everyone sees and hears everyone. */
export async function areFullMesh(...people: readonly Person[]): Promise<void> {
  try {
    // One after the other: to look and to listen takes processor time, of which several browsers leave little.
    for (const one of people) await seesAll(one, people);
  } catch (error) {
    throw new Error((await Promise.all(people.map(situationOf))).join('\n'), { cause: error });
  }
}

async function seesAll(one: Person, people: readonly Person[]): Promise<void> {
  await expect(one.status).toHaveAttribute('data-status', 'connected');
  // One of them is the person's own.
  await expect(one.page.getByRole('article')).toHaveCount(people.length);
  for (const other of people) if (other !== one) await one.seesAndHears(other, WHOLE);
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
  /** Begins and ends with all of them in the call, though they may not be connected yet at the end. */
  readonly run: (people: Group) => Promise<void>;
}

export const races: readonly Race[] = [
  {
    name: 'two people join at the same moment',
    run: async (people) => {
      const [one, other] = people.slice(-2) as [Person, Person];
      await both(one, other, (person) => person.leave());
      await both(one, other, (person) => comeToTheDoor(person, people[0].link));
      await both(one, other, (person) => person.joinNow());
    },
  },
  {
    name: 'a member leaves while another person joins',
    run: async (people) => {
      const [, member] = people;
      const last = await leaveAndComeBack(people);
      await Promise.all([member.leave(), last.joinNow()]);
      await areFullMesh(...people.filter((one) => one !== member));
      await rejoin(member);
    },
  },
  {
    name: 'a member’s page is reloaded while another person joins',
    run: async (people) => {
      const last = await leaveAndComeBack(people);
      await Promise.all([reload(people[1]), last.joinNow()]);
    },
  },
  {
    name: 'the host leaves while another person joins, and the others go on',
    run: async (people) => {
      const [host] = people;
      const last = await leaveAndComeBack(people);
      await Promise.all([host.leave(), last.joinNow()]);
      await areFullMesh(...people.slice(1));
      await rejoin(host);
    },
  },
];

/** The last of them leaves and comes to the door again. */
async function leaveAndComeBack(people: Group): Promise<Person> {
  const last = people.at(-1)!;
  await last.leave();
  await comeToTheDoor(last, people[0].link);
  return last;
}

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
