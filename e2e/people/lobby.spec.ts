/** Appearing in a lobby, and disappearing. */
import {
  allAppear,
  appear,
  appearSwitch,
  endPresence,
  entriesOf,
  entryOf,
  isVisibleThere,
  uidOf,
} from '../support/lobby';
import { baseURL } from '../support/environment';
import { expect, test } from '../support/test';

test.describe('people in a lobby', () => {
  test('appear, stay through a reload, and disappear with their tab, by the switch and after a crash', async ({
    person,
    mortal,
  }) => {
    const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), mortal('Cleo')]);
    const link = await allAppear(ada, ben, cleo);
    for (const other of [ben, cleo]) await expect(entryOf(ada, other)).toContainText('Available');
    await expect(entryOf(ben, ada)).toContainText('Available');
    await expect(entryOf(ben, ben)).toHaveCount(0);
    const [uid, crashed] = [await uidOf(ben), await uidOf(cleo)];
    expect(Object.keys(await entriesOf(link)).length).toBe(3);

    // After a crash the person is listed until the lease expires, then disappears without any write.
    await cleo.kill();
    await ben.page.reload();
    await isVisibleThere(ben);
    await expect(entryOf(ada, ben)).toBeVisible();
    await expect(entryOf(ada, cleo)).toBeVisible();
    await endPresence(link, crashed, 1_500);
    await expect(entryOf(ada, cleo)).toHaveCount(0);
    await expect(entryOf(ada, ben)).toBeVisible();

    // By the switch: it stays off, even after a reload.
    await appearSwitch(ben).click();
    await expect(entryOf(ada, ben)).toHaveCount(0);
    expect(Object.keys(await entriesOf(link))).not.toContain(uid);
    await ben.page.reload();
    await expect(entryOf(ben, ada)).toBeVisible();
    await expect(appearSwitch(ben)).toHaveAttribute('aria-checked', 'false');
    await appear(ben);
    await expect(entryOf(ada, ben)).toBeVisible();

    // With the tab, at once, although the lease has minutes left.
    await ben.page.close();
    await expect(entryOf(ada, ben)).toHaveCount(0);
    await expect.poll(async () => Object.keys(await entriesOf(link))).not.toContain(uid);
    await expect(ada.page.getByText('No one else is here yet.')).toBeVisible();
  });

  test('are not shown if the link is wrong, the lobby does not exist, or only oneself is there', async ({
    person,
    anotherWindow,
  }) => {
    const ada = await person('Ada');
    const { page, home } = ada;
    await page.goto(`${home}/lobby#abcd-efgh`);
    await expect(page.getByText('This link has no valid code')).toBeVisible();
    await page.evaluate(() => (location.hash = 'abcd-efgh-jkmn-pqrs'));
    await expect(page.getByText('This circle doesn’t exist.')).toBeVisible();
    await expect(appearSwitch(ada)).toHaveCount(0);
    await page.getByRole('textbox', { name: 'Circle code or link' }).fill('abcd');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(page.getByText('That’s not a circle code')).toBeVisible();
    await page.getByRole('button', { name: 'Create a circle' }).click();
    await appear(ada);
    const twin = await anotherWindow(ada, 'Ada');
    await twin.open(ada.link);
    await isVisibleThere(twin);
    await expect(twin.page.getByText('Your own windows in this browser aren’t listed.')).toBeVisible();
  });

  test('are found with an encoded # and a full stop in the link, and with a bare code in the box for calls', async ({
    person,
  }) => {
    const { page, home } = await person('Ada');
    await page.goto(`${home}/lobby`);
    await page.getByRole('button', { name: 'Create a circle' }).click();
    const lobby = page.getByRole('heading', { name: 'People online' });
    await expect(lobby).toBeVisible();
    const link = page.url();
    await page.goto(`${link.replace('#', '%23')}.`);
    await expect(lobby).toBeVisible();
    await expect(page).toHaveURL(link);
    await page.goto(home);
    await page.getByRole('textbox', { name: 'Call code or link' }).fill(link.slice(link.indexOf('#') + 1));
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect(page).toHaveURL(link);
    await expect(lobby).toBeVisible();
  });

  test('see each other on the start page if the site has a public lobby', async ({
    person,
    anotherWindow,
  }) => {
    const ada = await person('Ada');
    // Two windows of one browser, at the two addresses that `npm start` prints. Another address makes another person.
    const ben = await anotherWindow(ada, 'Ben', baseURL.replace('localhost', '127.0.0.1'));
    expect(ben.home).not.toBe(ada.home);
    await Promise.all([ada.goHome(), ben.goHome()]);
    await Promise.all([appear(ada), appear(ben)]);
    await expect(entryOf(ada, ben)).toContainText('Available');
    await expect(entryOf(ben, ada)).toContainText('Available');
    // A person who moves to another page of the app stays listed, and a person in a call is shown as in a call.
    await ben.page.getByRole('button', { name: 'New call' }).click();
    await ben.joinNow();
    await expect(entryOf(ada, ben)).toContainText('In a call');
    await ben.leave();
    await expect(entryOf(ada, ben)).toContainText('Available');
    await Promise.all([appearSwitch(ada).click(), ben.page.close()]);
  });
});
