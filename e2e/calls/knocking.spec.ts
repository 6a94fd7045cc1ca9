/** A door that asks: a guest waits without an offer or an address, and the members decide. */
import { Database, callIdOf, expectStored } from '../support/firestore';
import { type Person, seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';

const door = ({ page }: Person, name: string) => page.getByRole('radio', { name, exact: true });

/** The bar above the tiles that says who wants to join. */
const bar = ({ page }: Person, guest: Person) =>
  page.getByRole('group', { name: `${guest.name} wants to join`, exact: true });

test('a guest asks, joins once a member admits them, and does not come back once the host has removed them', async ({
  person,
}) => {
  const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')]);
  await ada.startCall();
  await ben.open(ada.link);
  await ben.joinNow();
  await seeAndHearEachOther(ada, ben);
  await ada.control('People').click();
  await door(ada, 'Ask first').check();
  await expectStored(ada.code, 'ask', { booleanValue: true });
  await ada.control('People').click();

  await cleo.open(ada.link);
  await cleo.page.getByRole('textbox', { name: 'Your name' }).fill(cleo.name);
  await cleo.page.getByRole('button', { name: 'Ask to join' }).click();
  await cleo.isTold('Waiting to be let in');
  for (const member of [ada, ben]) await expect(bar(member, cleo)).toBeVisible();
  // The guest waits without anything that leads to the members.
  const database = await Database.as();
  const paths = await database.pathsOf(await callIdOf(ada.code));
  expect(paths.filter((path) => /\/seats\/\d+$/.test(path)).length).toBe(2);

  await bar(ben, cleo).getByRole('button', { name: 'Admit Cleo' }).click();
  await Promise.all([seeAndHearEachOther(cleo, ada), seeAndHearEachOther(cleo, ben)]);
  await expect(bar(ada, cleo)).toBeHidden();

  await ada.control('People').click();
  await ada.page.getByRole('button', { name: 'Options for Cleo' }).click();
  await ada.page.getByRole('button', { name: 'Remove Cleo' }).click();
  await ada.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await cleo.isTold('You’re no longer in the call');
  await cleo.page.getByRole('button', { name: 'Rejoin' }).click();
  await cleo.isTold('You weren’t let in');
  await seeAndHearEachOther(ada, ben);

  // The host mutes everyone, hands the role on, and leaves: the call continues with a host.
  await ada.page.getByRole('button', { name: 'Mute everyone' }).click();
  await expect(ben.toggle('Microphone')).toHaveAttribute('data-on', 'false');
  await expect(ben.page.getByText('Ada muted you')).toBeVisible();
  await ada.page.getByRole('button', { name: 'Options for Ben' }).click();
  await ada.page.getByRole('button', { name: 'Make Ben the host' }).click();
  await ada.page.getByRole('button', { name: 'Make host' }).click();
  await expect(ben.page.getByText('You’re the host now')).toBeVisible();
  await ada.leave();
  await ben.control('People').click();
  await expect(door(ben, 'Ask first')).toBeChecked();

  // Alone, the host reloads the page: the door still asks, and the new host knows who was removed.
  await ben.page.reload();
  await ben.control('People').click();
  await expect(door(ben, 'Ask first')).toBeChecked();
  await ben.page.getByRole('button', { name: 'Let in Cleo again' }).click();
  await expect(cleo.page.getByRole('button', { name: 'Join now' })).toBeEnabled();
  await cleo.joinNow();
  // Ben is still muted.
  await Promise.all([cleo.sees(ben), ben.seesAndHears(cleo)]);
  await ben.page.getByRole('button', { name: 'End call for everyone' }).click();
  await ben.page.getByRole('button', { name: 'End call for everyone' }).click();
  await ben.isTold('You left the call');
  await cleo.isTold('The call has ended');
  await cleo.page.reload();
  await cleo.isTold('No call here yet');
});
