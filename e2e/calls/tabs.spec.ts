import { authPort } from '../support/environment';
import { expect, test } from '../support/test';

test('two tabs opened at once in a new profile share one account, and both can join', async ({ person }) => {
  const ada = await person('Ada');
  const accounts: string[] = [];
  await ada.context.route(
    (url) => url.port === String(authPort) && url.pathname.endsWith('accounts:signUp'),
    async (route) => {
      const response = await route.fetch();
      accounts.push(((await response.json()) as { localId: string }).localId);
      // Delays the answers, so that each tab asks before the other has one.
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.fulfill({ response });
    },
  );
  const other = await ada.context.newPage();
  await Promise.all([ada.page.goto(`${ada.home}/?new`), other.goto(`${ada.home}/?new`)]);
  await Promise.all(
    [ada.page, other].map((page) => expect(page.getByRole('button', { name: 'Join now' })).toBeEnabled()),
  );
  for (const page of [ada.page, other]) {
    await page.bringToFront();
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
    await page.getByRole('button', { name: 'Join now' }).click();
    await expect(page.getByRole('status').and(page.locator('[data-status]'))).toHaveText(
      'Waiting for others',
    );
  }
  expect(accounts.length).toBe(1);
});
