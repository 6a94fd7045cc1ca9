/** Ringing a person into a call that runs already. */
import { allAppear, answer, call, recentOf, sheetOf } from '../support/lobby';
import { type Person, seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';
import { within } from '../../tools/patience.mjs';

const add = ({ page }: Person, name: string) => page.getByRole('button', { name, exact: true });

/** A person's line in the list of people to add. */
const lineOf = ({ page }: Person, whose: Person) =>
  page
    .getByRole('list', { name: 'People you can add' })
    .getByRole('listitem')
    .filter({ hasText: whose.name });

for (const [how, door] of [
  ['an open', 'Open'],
  ['a locked', 'Locked'],
] as const) {
  test(`a third person is rung into ${how} call of two, declines, and comes at the second ring`, async ({
    person,
  }) => {
    const [ada, ben, cleo] = await Promise.all([person('Ada'), person('Ben'), person('Cleo')]);
    await allAppear(ada, ben, cleo);
    await call(ada, ben);
    await answer(ben, ada, 'Accept');
    await seeAndHearEachOther(ada, ben);

    await ada.control('People').click();
    await ada.page.getByRole('radio', { name: door, exact: true }).check();
    await ada.panel.getByRole('button', { name: 'Add people' }).click();
    await expect(lineOf(ada, ben)).toContainText('In a call');
    await add(ada, 'Add Cleo').click();
    await expect(sheetOf(cleo, ada)).toContainText('In the call: Ada and Ben');
    await expect(lineOf(ada, cleo)).toContainText('Ringing…');
    await add(ada, 'Stop ringing Cleo').click();
    await expect(sheetOf(cleo, ada)).toBeHidden();
    await seeAndHearEachOther(ada, ben);

    // Ten seconds must pass between two rings.
    await expect(async () => {
      const button = lineOf(ada, cleo).getByRole('button');
      if ((await button.textContent())?.trim() !== 'Cancel') await button.click();
      await expect(sheetOf(cleo, ada)).toBeVisible({ timeout: within(2_000) });
    }).toPass();
    await answer(cleo, ada, 'Accept');
    await Promise.all([seeAndHearEachOther(cleo, ada), seeAndHearEachOther(cleo, ben)]);
    await seeAndHearEachOther(ada, ben);
    await ada.leave();
    await ada.page.goto(`${ada.home}/lobby`);
    await expect(recentOf(ada).first()).toContainText('Cleo');
  });
}
