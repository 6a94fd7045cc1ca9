import { appear, appearAt, call, entryOf, makeLobby, sheetOf } from '../support/lobby';
import { seeAndHearEachOther } from '../support/person';
import { expect, test } from '../support/test';

test.describe('people in a lobby', () => {
  test('see who comes and goes, and call each other: straight into the call', async ({ person }) => {
    const [ada, ben] = [await person('Ada'), await person('Ben')];
    const link = await makeLobby(ada);
    await appear(ada);
    await appearAt(ben, link);
    await expect(entryOf(ada, ben)).toContainText('Available');
    await expect(entryOf(ben, ada)).toContainText('Available');

    await call(ada, ben);
    await expect(sheetOf(ben, ada)).toBeVisible();
    await expect(ada.controls).toBeVisible();
    await sheetOf(ben, ada).getByRole('button', { name: 'Accept' }).click();
    await ben.reads('Connected');
    await seeAndHearEachOther(ada, ben);
  });
});
